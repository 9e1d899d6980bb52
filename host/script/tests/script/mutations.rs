//! Whatever a handler does to lists, dictionaries and sets, the page ends up with what Python has.
//!
//! Mutations are made up by chance, run by `apps/mutations.py`, and after each event what the page
//! knows is compared with what Python says and with a full state.

use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value as Json, json};

use crate::support::Client;

/// Sessions with a history of their own. Each takes some milliseconds.
const CASES: u32 = 600;

const FIELDS: [&str; 9] = [
    "numbers", "grid", "rows", "table", "words", "box", "text", "summary", "sizes",
];

/// Lists that hold scalars alone.
const LEAVES: [&str; 8] = [
    "self.numbers",
    "self.grid[0]",
    "self.grid[-1]",
    "self.rows[0]['tags']",
    "self.rows[-1]['tags']",
    "self.table['a']",
    "self._hidden[0]",
    "self._kept['tags']",
];

/// Dictionaries.
const DICTS: [&str; 8] = [
    "self.rows[0]",
    "self.rows[1]",
    "self.rows[-1]",
    "self.rows[0]['cell']",
    "self.rows[-1]['cell']",
    "self.table",
    "self.table['b']",
    "self._kept",
];

/// What is done to a leaf, `L`; `N` is a number and `I` an index.
const ON_LEAF: [&str; 27] = [
    "L.append(N)",
    "L.insert(I, N)",
    "L.pop()",
    "L.pop(I)",
    "del L[I]",
    "L[I] = N",
    "L[I:I + 2] = [N, N + 1, N + 2]",
    "L[::2] = [N] * len(L[::2])",
    "del L[I:]",
    "L.sort(key=str)",
    "L.reverse()",
    "L.clear()",
    "L.extend([N, N + 1])",
    "L.remove(L[I])",
    "L += [N]",
    "L *= 2\ndel L[20:]",
    "list.append(L, N)",
    "list.insert(L, I, N)",
    "list.sort(L, key=str)",
    "list.pop(L)",
    "heapq.heappush(L, N)",
    "heapq.heappop(L)",
    "x = L\nx.append(N)\nx[0] = N",
    "L[I] += 1",
    "L[:] = [n for n in L if n != N]",
    "L[0], L[-1] = L[-1], L[0]",
    "L[len(L):] = L[:3]",
];

/// What is done to a dictionary, `D`; `K` is a key.
const ON_DICT: [&str; 16] = [
    "D[K] = N",
    "D[K] = [N]",
    "D[K] = {'deep': [N]}",
    "del D[K]",
    "D.pop(K, 0)",
    "D.update({K: N, 'new': [N]})",
    "D.update(extra=N)",
    "D |= {K: N}",
    "D.setdefault(K, []).append(N)",
    "D.setdefault(K, N)",
    "D.popitem()",
    "D.clear()",
    "x = D.pop(K)\nD[K] = x",
    "D[N] = 'number key'",
    "D[K] = D.pop(next(iter(D)))",
    "D[K] += N",
];

/// What is done to fields, rows and what hangs in several places.
const ON_STATE: [&str; 64] = [
    "for g in self.grid: list.append(g, N)",
    "for g in self.grid: heapq.heappush(g, N)",
    "self.grid.insert(0, self.grid[-1])",
    "self.grid.extend(self.grid[:2])",
    "self.grid += [self.numbers] * 3",
    "del self.grid[9:]",
    "self.rows *= 2\ndel self.rows[9:]",
    "self.rows.insert(0, self.rows[0])",
    "self.box = {str(n): self.rows[0] for n in range(20)}",
    "self.box = [[[self.numbers] * 5] * 5] * 5",
    "self.box = [Point(N, self.numbers), self.rows]",
    "self.box = 0",
    "self._kept['tags'], self.rows[0]['tags'] = self.rows[0]['tags'], [N]",
    "self.grid[0], self.rows[0]['tags'] = self.rows[0]['tags'], self.grid[0]",
    "self.rows.append({'id': N, 'tags': [str(N)], 'cell': {'x': N}})",
    "self.rows.insert(I, {'id': N, 'tags': [], 'cell': {}})",
    "self.rows[I] = {'id': N, 'tags': ['z'], 'cell': {'x': N}}",
    "self.rows[I] = {**self.rows[I], 'id': N}",
    "self.rows = [r for r in self.rows if r['id'] != N]",
    "self.rows = [{**r, 'n': N} for r in self.rows]",
    "self.rows = self.rows[::-1]",
    "self.rows = list(self.rows)",
    "self.rows = copy.deepcopy(self.rows)",
    "self.rows = sorted(self.rows, key=lambda r: str(r['id']), reverse=True)",
    "self.rows.sort(key=lambda r: str(r['id']))",
    "self.rows.reverse()",
    "self.rows.append(self.rows.pop(0))",
    "self.rows.insert(0, self.rows.pop())",
    "self.rows[0], self.rows[-1] = self.rows[-1], self.rows[0]",
    "for r in self.rows: r['id'] = N",
    "for r in self.rows: r['tags'].append(N)",
    "for r in self.rows: r.setdefault('cell', {})['y'] = N",
    "for r in list(self.rows): list.append(r['tags'], N)",
    "next(iter(self.rows))['tags'].append(N)",
    "del self.rows[I]",
    "self.rows.append(self.rows[I])",
    "self.rows[I]['tags'] = self.numbers",
    "self.rows[I]['tags'] = self.rows[0]['tags']",
    "self.rows[I]['cell'] = {'x': self.numbers}",
    "self.rows.extend([{'id': N, 'tags': self.grid[0], 'cell': {}}])",
    "self.grid.append(self.numbers)",
    "self.grid.append([N, N])",
    "self.grid[I] = self.grid[0]",
    "self.grid = [list(g) for g in self.grid]",
    "self.grid = [g + [N] for g in self.grid]",
    "self.grid = [self.numbers, self.numbers]",
    "for g in self.grid: g.append(N)",
    "self.numbers = self.grid[I]",
    "self.numbers = [N, N + 1]",
    "self.numbers = [n + 1 for n in self.numbers]",
    "self.table['a'] = self.numbers",
    "self.table['b'] = self.rows[I]",
    "self.table = {**self.table, 'n': N}",
    "self.table = dict(self.table)",
    "self.table = {'a': [N], 'b': {'c': self.numbers}}",
    "self.box = self.rows",
    "self.box = {'rows': self.rows, 'numbers': self.numbers}",
    "self.box = [self.table, self.grid]",
    "self.box = (N, self.numbers)",
    "self.box = Point(N, [N])",
    "self.box.x = N\nself.box.tags.append(N)",
    "self._kept = self.rows[I]",
    "self._kept = {'tags': self.numbers, 'id': N}",
    "self.rows[I] = self._kept",
];

/// What is done to the set and the text, and nothing at all.
const ON_REST: [&str; 14] = [
    "self.words.add(str(N))",
    "self.words.discard(str(N))",
    "self.words.pop()",
    "self.words |= {str(N), 'q'}",
    "self.words -= {'x', str(N)}",
    "self.words ^= {'x', str(N)}",
    "self.words.update([str(N)])",
    "self.words.clear()",
    "self.words = {str(N)}",
    "self.text += str(N)",
    "self.text = str(N)",
    "self.text = self.text[1:]",
    "self.reset()",
    "yield",
];

fn piece() -> impl Strategy<Value = String> {
    let leaf = (select(&ON_LEAF[..]), select(&LEAVES[..])).prop_map(|(t, l)| t.replace('L', l));
    let dict = (select(&ON_DICT[..]), select(&DICTS[..])).prop_map(|(t, d)| t.replace('D', d));
    let state = select(&ON_STATE[..]).prop_map(str::to_owned);
    let rest = select(&ON_REST[..]).prop_map(str::to_owned);
    let template = prop_oneof![4 => leaf, 4 => dict, 5 => state, 1 => rest];
    let key = select(&["'id'", "'tags'", "'cell'", "'x'", "'a'", "'b'", "'k'"][..]);
    (template, 0..9u32, -1..4i32, key).prop_map(|(template, number, index, key)| {
        let numbered = template.replace('N', &number.to_string());
        numbered.replace('I', &index.to_string()).replace('K', key)
    })
}

fn history() -> impl Strategy<Value = Vec<(Vec<String>, bool)>> {
    vec((vec(piece(), 1..5), any::<bool>()), 1..12)
}

#[test]
fn the_page_has_what_python_has() {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&history(), |history| {
        let mut client = Client::of("mutations");
        for (pieces, asked) in history {
            let reply = client.call("Store.run", json!([pieces]));
            prop_assert_eq!(&reply.error, &None);
            if asked {
                compare(&mut client)?;
            }
        }
        compare(&mut client)?;
        prop_assert_eq!(
            client.known(),
            client.told(),
            "what the page knows, what it is told anew"
        );
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Compares what the page knows with what Python says.
fn compare(client: &mut Client) -> Result<(), TestCaseError> {
    let known: Vec<Json> = FIELDS.iter().map(|name| known(client, name)).collect();
    let reply = client.call("Store.dump", json!([]));
    prop_assert_eq!(&reply.error, &None);
    let said: Vec<Json> =
        serde_json::from_str(reply.commands[0]["message"].as_str().unwrap()).unwrap();
    for ((name, known), said) in FIELDS.iter().zip(known).zip(said) {
        // As text, since the order of a dictionary's keys counts.
        prop_assert_eq!(known.to_string(), said.to_string(), "{}", name);
    }
    Ok(())
}

fn known(client: &Client, name: &str) -> Json {
    let mut value = client.field(&format!("Store.{name}"));
    if let (Json::Array(members), "words") = (&mut value, name) {
        members.sort_by_key(ToString::to_string);
    }
    value
}
