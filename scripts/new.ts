import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const HELP = `npm run new <kind> <name> [-- --city changchun]

  panel      CongestionPanel     src/panels/CongestionPanel.vue
  indicator  IND.OUTPUT.STEEL    cities/<city>/indicators/ind-output-steel.yaml
  protocol   opc-ua              src/adapters/indicators/opc-ua.ts, a recording in mock-data/recordings/
  model      queue-length        src/adapters/models/queue-length.ts
  layer      bus-stops           src/map/layers/bus-stops.ts
  scene      spring-festival     cities/<city>/scenes/spring-festival.yaml

Writes a plugin that runs, passes lint, types and its conformance suite, and does something small. An existing file or
plugin of that name is never touched. CONTRIBUTING.md says what to do next.`

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const PASCAL = /^[A-Z][A-Za-z0-9]*$/
const CODE = /^(MAC|IND|MKT|SAF|FIR|NAT|PUB|ECO|HEA|LIF|GOV)(\.[A-Z0-9_]{2,24}){1,2}$/

interface Kind {
  name: RegExp
  looksLike: string
  /** Files to write, template by path below the root. */
  files(name: string, city: string): Record<string, string>
  /** Key of its title in ui/words, for what has one. */
  title?(name: string): string
  /** Where plugins of this kind live; a file of that name anywhere below is a twin. */
  home(city: string): string
  next: string
}

const kinds: Record<string, Kind> = {
  panel: {
    name: PASCAL,
    looksLike: 'PascalCase',
    files: (name) => ({ [`src/panels/${name}.vue`]: 'panel.txt' }),
    title: (name) => `panel.${lowerFirst(name.replace(/(?<=.)Panel$/, ''))}.title`,
    home: () => 'src/panels',
    next: 'Write its title into ui/words, and name it in a scene: { panel: NAME, area: …, options: { indicator: … } }.',
  },
  indicator: {
    name: CODE,
    looksLike: 'a code such as MAC.GDP.TOTAL',
    files: (name, city) => ({ [`cities/${city}/indicators/${indicatorFile(name)}`]: 'indicator.txt' }),
    home: (city) => `cities/${city}/indicators`,
    next: 'Write its definition and unit, and map it to a source of sources.yaml.',
  },
  protocol: {
    name: KEBAB,
    looksLike: 'kebab-case',
    files: (name) => ({
      [`src/adapters/indicators/${name}.ts`]: 'protocol.txt',
      [`mock-data/recordings/${name}/first.json`]: 'recording.txt',
    }),
    home: () => 'src/adapters/indicators',
    next: 'Make it speak the protocol, and record a real answer: npm run record -- SOURCE INDICATOR.',
  },
  model: {
    name: KEBAB,
    looksLike: 'kebab-case',
    files: (name) => ({ [`src/adapters/models/${name}.ts`]: 'model.txt' }),
    home: () => 'src/adapters/models',
    next: 'Put the mathematics into src/models/, with published values as its test, and the source into the card.',
  },
  layer: {
    name: KEBAB,
    looksLike: 'kebab-case',
    files: (name) => ({ [`src/map/layers/${name}.ts`]: 'layer.txt' }),
    home: () => 'src/map/layers',
    next: 'Give it its two names and what it draws, and name it in a theme of a scene: layers: [NAME].',
  },
  scene: {
    name: KEBAB,
    looksLike: 'kebab-case',
    files: (name, city) => ({ [`cities/${city}/scenes/${name}.yaml`]: 'scene.txt' }),
    home: (city) => `cities/${city}/scenes`,
    next: 'Place panels and choose the map themes.',
  },
}

/** What was written, as paths below the root; or a sentence that says why nothing was. */
export function scaffold(
  root: string,
  kindName: string,
  name: string,
  city = 'changchun',
): string[] | { refused: string } {
  const kind = kinds[kindName]
  if (!kind)
    return { refused: `There is no kind called ${kindName}; there are ${Object.keys(kinds).join(', ')}.` }
  if (!kind.name.test(name))
    return { refused: `${name} is no name for a ${kindName}: write it as ${kind.looksLike}.` }
  if (!existsSync(join(root, 'cities', city, 'city.yaml')))
    return { refused: `There is no city in cities/${city}.` }
  const files = kind.files(name, city)
  const taken =
    Object.keys(files).find((file) => existsSync(join(root, file))) ??
    twinOf(root, kind.home(city), Object.keys(files)[0] ?? '')
  if (taken !== undefined) return { refused: `${taken} is there already; nothing was written.` }
  const title = kind.title?.(name) ?? name
  const words = { name, title, department: firstDepartment(root, city) }
  for (const [file, template] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(
      join(root, file),
      fill(readFileSync(join(import.meta.dirname, 'templates', template), 'utf8'), words),
    )
  }
  if (kind.title) for (const language of ['zh', 'en']) addWord(root, language, title, name)
  return Object.keys(files)
}

/** A title is a typed key in both languages: it goes after the last one of its area, with the name to be replaced. */
function addWord(root: string, language: string, key: string, text: string): void {
  const file = join(root, 'src/ui/words', `${language}.ts`)
  const lines = readFileSync(file, 'utf8').split('\n')
  const area = key.slice(0, key.indexOf('.'))
  const last = lines.findLastIndex((line) => line.startsWith(`  '${area}.`))
  lines.splice(
    (last === -1 ? lines.findLastIndex((line) => line.startsWith('}')) - 1 : last) + 1,
    0,
    `  '${key}': '${text}',`,
  )
  writeFileSync(file, lines.join('\n'))
}

/** An id is a file's name, whatever its folder below the plugins' home. */
function twinOf(root: string, home: string, file: string): string | undefined {
  const folder = join(root, home)
  if (!existsSync(folder)) return undefined
  const twin = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (path) => basename(path) === basename(file),
  )
  return twin === undefined ? undefined : `${home}/${twin}`
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

const indicatorFile = (code: string) => `${code.toLowerCase().replaceAll(/[._]/g, '-')}.yaml`

function firstDepartment(root: string, city: string): string {
  const { departments } = parse(readFileSync(join(root, 'cities', city, 'city.yaml'), 'utf8')) as {
    departments: { id: string }[]
  }
  return departments[0]?.id ?? ''
}

/** `__name__` becomes words.name, and so on. */
function fill(template: string, words: Record<string, string>): string {
  return Object.entries(words).reduce((text, [key, word]) => text.replaceAll(`__${key}__`, word), template)
}

function main(args: string[]): number {
  const at = args.indexOf('--city')
  const [city] = at === -1 ? ['changchun'] : args.splice(at, 2).slice(1)
  const [kind, name] = args
  if (args.includes('--help') || kind === undefined || name === undefined) {
    console.log(HELP)
    return args.includes('--help') ? 0 : 2
  }
  const root = resolve(import.meta.dirname, '..')
  const written = scaffold(root, kind, name, city)
  if ('refused' in written) {
    console.error(written.refused)
    return 1
  }
  for (const file of written) console.log(`wrote ${relative(process.cwd(), join(root, file))}`)
  console.log(kinds[kind]?.next.replace('NAME', name))
  return 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2))
