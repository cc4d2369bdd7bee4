// Makes src/chat/emoji.txt from Unicode's names and the short names that people know from elsewhere:
//
//   npm install --no-save emojibase-data@17.0.0 && node build/make-emoji.mjs
//
// A line for each emoji without skin tones, in Unicode's order; between tabs: the emoji, its short
// names, more English words, Chinese words.
import { readFileSync, writeFileSync } from 'node:fs'

const read = (path) =>
  JSON.parse(readFileSync(new URL(`../node_modules/emojibase-data/${path}.json`, import.meta.url)))
const list = (value) => (value === undefined ? [] : [value].flat())

const known = read('en/shortcodes/github')
const more = read('en/shortcodes/emojibase')
const chinese = new Map(read('zh/compact').map((each) => [each.hexcode, each]))

/** What people who write Chinese type for these, beside Unicode's own words. */
const spoken = new Map(
  Object.entries({
    '1F4AA': ['加油'],
    '1F44D': ['赞', '点赞', '好'],
    '1F44C': ['好的', '没问题'],
    '1F64F': ['谢谢', '感谢', '拜托'],
    '1F389': ['恭喜', '庆祝', '撒花'],
    '1F602': ['笑哭'],
    '1F62D': ['大哭'],
    '1F44F': ['鼓掌'],
    '1F440': ['围观', '看看'],
    '1F91D': ['合作', '握手'],
  }),
)

/** Fully qualified (UTS 51): U+FE0F stands only behind what would be shown as text without it. */
const qualified = (emoji) => emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1')

/** Parts of emoji, such as a skin tone alone. */
const components = 2

const rows = read('en/compact')
  .filter((each) => each.group !== undefined && each.group !== components)
  .sort((one, other) => one.order - other.order)
  .map((each) => {
    const names = [...new Set([...list(known[each.hexcode]), ...list(more[each.hexcode])])]
    const said = new Set(names.flatMap((name) => name.split('_')))
    const words = (each.tags ?? []).filter((tag) => !said.has(tag)).slice(0, 6)
    const zh = chinese.get(each.hexcode)
    const named = [...new Set([zh?.label, ...(zh?.tags ?? [])].filter(Boolean))].slice(0, 4)
    const zhWords = [...new Set([...(spoken.get(each.hexcode) ?? []), ...named])]
    return [qualified(each.unicode), names.join(' '), words.join(' '), zhWords.join(' ')].join('\t')
  })

writeFileSync(new URL('../src/chat/emoji.txt', import.meta.url), `${rows.join('\n')}\n`)
