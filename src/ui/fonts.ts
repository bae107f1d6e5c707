// Loaded by a dynamic import after the first figures: the system's own face stands in until then.
import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/noto-sans-sc/wght.css'
import '@fontsource-variable/noto-serif-sc/wght.css'
