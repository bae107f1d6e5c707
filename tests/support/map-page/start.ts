import { readSlice, showPart } from '../../../src/ui/wall-part.ts'

/** As the app does it: one screen of a wall holds the whole page in a frame. */
const slice = readSlice(location.search)
if (slice && window === window.top) showPart(slice)
else await import('./main.ts')
