//! The graph of modules with the same parent, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{ModulePath, Source};

/// The imports among the children of one module, each with the place of the first that shows it.
type Edges = BTreeMap<String, BTreeMap<String, String>>;

/// One sentence for each circle, each import against `order` and each module without a place in it.
pub(crate) fn faults(sources: &[Source], order: &[&[&str]]) -> Vec<String> {
    let place = |module: &str| order.iter().position(|names| names.contains(&module));
    let tops: BTreeSet<_> = sources.iter().filter_map(|source| source.module.first()).collect();
    let mut faults: Vec<_> = tops
        .iter()
        .filter(|top| place(top).is_none())
        .map(|top| format!("{top} has no place in the order: give it one in tests/module_order."))
        .collect();
    let graphs = graphs(sources);
    for (from, targets) in graphs.get(&ModulePath::new()).into_iter().flatten() {
        for (to, witness) in targets {
            if let (Some(first), Some(second)) = (place(from), place(to))
                && first < second
            {
                faults
                    .push(format!("{witness}, but {from} comes before {to} and must not know it."));
            }
        }
    }
    for (parent, edges) in &graphs {
        faults.extend(circles(edges).iter().map(|circle| describe(parent, edges, circle)));
    }
    faults
}

/// For each module with children that import one another, their graph.
fn graphs(sources: &[Source]) -> BTreeMap<ModulePath, Edges> {
    let by_module: BTreeMap<_, _> = sources.iter().map(|it| (it.module.as_slice(), it)).collect();
    let mut graphs = BTreeMap::<_, Edges>::new();
    for source in sources {
        for import in &source.imports {
            let Some(target) = resolve(&import.path, &by_module) else { continue };
            let shared =
                source.module.iter().zip(&target.module).take_while(|(a, b)| a == b).count();
            let (Some(from), Some(to)) = (source.module.get(shared), target.module.get(shared))
            else {
                continue;
            };
            let witness = format!("{}:{} imports {}", source.file, import.line, target.file);
            let edges = graphs.entry(source.module[..shared].to_vec()).or_default();
            edges.entry(from.clone()).or_default().entry(to.clone()).or_insert(witness);
        }
    }
    graphs
}

/// The file in which the path ends, behind every re-export on its way; nothing for a path elsewhere.
fn resolve<'a>(path: &[String], by_module: &BTreeMap<&[String], &'a Source>) -> Option<&'a Source> {
    let mut path = path.to_vec();
    // More steps than any chain of re-exports has: a circle of them ends here.
    for _ in 0..16 {
        let known = (0..=path.len()).rev().find(|length| by_module.contains_key(&path[..*length]));
        let length = known.unwrap_or_default();
        let source = by_module.get(&path[..length])?;
        let re_export = path.get(length).and_then(|name| {
            source.re_exports.iter().find(|(known, to)| known == name && **to != path[..=length])
        });
        match re_export {
            Some((_, to)) => path = [to, &path[length + 1..]].concat(),
            None => return Some(source),
        }
    }
    None
}

/// One shortest circle through each module that is in any, and none twice.
fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let mut circles: Vec<Vec<String>> = Vec::new();
    for start in edges.keys() {
        if circles.iter().any(|circle| circle.contains(start)) {
            continue;
        }
        circles.extend(circle_through(start, edges));
    }
    circles
}

/// Breadth first, so that the circle is as short as any.
fn circle_through(start: &str, edges: &Edges) -> Option<Vec<String>> {
    let mut paths = std::collections::VecDeque::from([vec![start.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(path) = paths.pop_front() {
        for next in edges.get(path.last()?).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                return Some(path);
            }
            if seen.insert(next.clone()) {
                paths.push_back([path.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}

fn describe(parent: &[String], edges: &Edges, circle: &[String]) -> String {
    let names: Vec<_> =
        circle.iter().map(|name| [parent, std::slice::from_ref(name)].concat().join("/")).collect();
    let (last, others) = names.split_last().expect("a circle has members");
    let imports: Vec<_> = (0..circle.len())
        .map(|at| edges[&circle[at]][&circle[(at + 1) % circle.len()]].as_str())
        .collect();
    format!(
        "{} and {last} import each other in a circle: {}.",
        others.join(", "),
        imports.join(", ")
    )
}
