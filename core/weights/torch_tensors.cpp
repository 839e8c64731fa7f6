// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/torch_tensors.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"

namespace pimento {

namespace {

// Where a checkpoint keeps the network's tensors; of several the first.
constexpr std::array<const char *, 10> Entries{"state_dict", "model_state_dict", "model_state", "model",  "net",
                                               "network",    "weights",          "params",      "module", "state"};

// Shape and steps of a tensor over the elements of its storage.
struct View {
  std::int64_t offset = 0;
  std::vector<qint64> sizes;
  std::vector<qint64> strides;
};

bool isContiguous(const View &view) {
  qint64 step = 1;
  for (std::size_t d = view.sizes.size(); d-- > 0;) {
    if (view.sizes[d] != 1 && view.strides[d] != step) return false;
    step *= view.sizes[d];
  }
  return true;
}

// Whether the last element of a view that has one lies inside of the storage.
bool isInside(const View &view, qint64 elements) {
  qint64 last = view.offset;
  if (last < 0 || last >= elements) return false;
  for (std::size_t d = 0; d < view.sizes.size(); ++d) {
    const qint64 steps = view.sizes[d] - 1;
    if (view.strides[d] < 0 || (steps > 0 && view.strides[d] > (elements - 1 - last) / steps)) return false;
    last += steps * view.strides[d];
  }
  return true;
}

// In C order.
QByteArray gathered(const View &view, qint64 elements, const TorchStorage &storage) {
  const qint64 size = tensorTypeSize(storage.type);
  if (elements == 0) return {};
  if (isContiguous(view)) return storage.part(view.offset, elements);
  QByteArray bytes;
  bytes.reserve(elements * size);
  std::vector<qint64> index(view.sizes.size(), 0);
  qint64 at = view.offset;
  for (qint64 e = 0; e < elements; ++e) {
    bytes.append(storage.bytes.constData() + storage.begin + at * size, size);
    for (std::size_t d = index.size(); d-- > 0;) {
      at += view.strides[d];
      if (++index[d] < view.sizes[d]) break;
      at -= view.strides[d] * view.sizes[d];
      index[d] = 0;
    }
  }
  return bytes;
}

class Reader {
 public:
  Reader(const TorchContainer &container, qint64 mostBytes, const Watch &watch)
      : m_container(container), m_pickle(container.pickle), m_most(mostBytes), m_left(mostBytes), m_watch(watch) {}

  SafeTensors read() {
    const PickleIndex chosen = chooseEntry();
    walk(chosen, {}, 0);
    if (m_out.tensors.empty())
      throw Error(m_container.place, QStringLiteral("holds no tensors"),
                  QStringLiteral("save the network's state_dict() with torch.save"));
    m_out.metadata[QStringLiteral("format")] = QStringLiteral("pt");
    return std::move(m_out);
  }

 private:
  static constexpr int MaxDepth = 32;
  static constexpr std::int64_t MaxVisits = 2'000'000;
  static constexpr std::size_t MaxTensors = 100'000;
  static constexpr std::size_t MaxAxes = 16;

  [[noreturn]] void fail(const PickleNode &node, const QString &problem, const QString &remedy = TorchDamaged) const {
    throw Error(pickleByte(m_container.place, node.at), problem, remedy);
  }

  // A dictionary can hold itself, and one list can stand at a thousand places of another.
  void visit(const PickleNode &node, int depth) {
    if (depth > MaxDepth) fail(node, QStringLiteral("holds more than %1 levels of containers").arg(MaxDepth));
    if (++m_visits > MaxVisits) fail(node, QStringLiteral("holds more than %1 values").arg(MaxVisits));
  }

  [[nodiscard]] static bool isList(const PickleNode &node) {
    return node.kind == PickleKind::List || node.kind == PickleKind::Tuple;
  }

  [[nodiscard]] QByteArray nameOf(const PickleNode &call) const {
    return call.kind == PickleKind::Call ? m_pickle[call.items[0]].text : QByteArray();
  }

  [[nodiscard]] const std::vector<PickleIndex> &argumentsOf(const PickleNode &call) const {
    return m_pickle[call.items[1]].items;
  }

  [[nodiscard]] bool isTensor(const PickleNode &node) const {
    const QByteArray name = nameOf(node);
    return name.startsWith("torch._utils._rebuild_") || name == "torch._tensor._rebuild_from_type_v2";
  }

  bool holdsTensors(PickleIndex index, int depth = 0) {
    const PickleNode &node = m_pickle[index];
    visit(node, depth);
    if (isTensor(node)) return true;
    const bool dictionary = node.kind == PickleKind::Dict;
    if (!dictionary && !isList(node)) return false;
    for (std::size_t i = dictionary ? 1 : 0; i < node.items.size(); i += dictionary ? 2 : 1)
      if (holdsTensors(node.items[i], depth + 1)) return true;
    return false;
  }

  // The dictionary of the network's tensors: the whole, or an entry of a checkpoint, or an entry of that.
  PickleIndex chooseEntry() {
    PickleIndex chosen = m_pickle.root;
    QStringList path;
    for (int depth = 0; depth < MaxDepth; ++depth) {
      const auto entry = entryOf(m_pickle[chosen]);
      if (!entry) break;
      path << QString::fromLatin1(entry->first);
      chosen = entry->second;
    }
    if (!path.isEmpty()) m_out.metadata[QStringLiteral("entry")] = path.join(QLatin1Char('.'));
    return chosen;
  }

  // A state_dict itself holds no dictionaries; a checkpoint may hold tensors beside it, as its best accuracy.
  std::optional<std::pair<const char *, PickleIndex>> entryOf(const PickleNode &node) {
    if (node.kind != PickleKind::Dict) return std::nullopt;
    for (const char *wanted : Entries)
      for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
        const PickleNode &key = m_pickle[node.items[i]];
        const bool here = key.kind == PickleKind::Text && key.text == wanted;
        if (here && m_pickle[node.items[i + 1]].kind == PickleKind::Dict && holdsTensors(node.items[i + 1]))
          return std::pair{wanted, node.items[i + 1]};
      }
    return std::nullopt;
  }

  void walk(PickleIndex index, const QString &name, int depth) {
    const PickleNode &node = m_pickle[index];
    visit(node, depth);
    if (isTensor(node)) return addTensor(name, node);
    const auto below = [&](const QString &key) { return name.isEmpty() ? key : name + QLatin1Char('.') + key; };
    if (node.kind == PickleKind::Dict) {
      for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
        const PickleNode &key = m_pickle[node.items[i]];
        if (key.kind == PickleKind::Text) walk(node.items[i + 1], below(keyText(key)), depth + 1);
        if (key.kind == PickleKind::Whole) walk(node.items[i + 1], below(QString::number(key.whole)), depth + 1);
      }
    } else if (isList(node)) {
      for (std::size_t i = 0; i < node.items.size(); ++i) walk(node.items[i], below(QString::number(i)), depth + 1);
    }
  }

  [[nodiscard]] QString keyText(const PickleNode &key) const {
    constexpr qsizetype Longest = 1000;
    if (key.text.size() > Longest) fail(key, QStringLiteral("a name has more than %1 characters").arg(Longest));
    return QString::fromUtf8(key.text);
  }

  void addTensor(const QString &name, const PickleNode &node) {
    if (!m_names.insert(name).second) fail(node, QStringLiteral("tensor %1 is there twice").arg(quoted(name)));
    if (m_names.size() > MaxTensors) fail(node, QStringLiteral("holds more than %1 tensors").arg(MaxTensors));
    m_watch.report(static_cast<double>(m_most - m_left) / static_cast<double>(m_most), m_container.place);
    m_out.tensors.push_back(tensorOf(node, name, 0));
  }

  // Of _rebuild_tensor…(storage, offset, sizes, strides, …), or what wraps one of these.
  Tensor tensorOf(const PickleNode &call, const QString &name, int depth) {
    const QByteArray how = nameOf(call);
    const std::vector<PickleIndex> &given = argumentsOf(call);
    const auto wrong = [&] { fail(call, QStringLiteral("tensor %1 is not made as PyTorch does").arg(quoted(name))); };
    if (depth > 3) wrong();
    if (how.startsWith("torch._utils._rebuild_parameter")) {  // (tensor, requires_grad, hooks, attributes)
      if (given.empty() || !isTensor(m_pickle[given[0]])) wrong();
      return tensorOf(m_pickle[given[0]], name, depth + 1);
    }
    if (how == "torch._tensor._rebuild_from_type_v2") {  // (function, type, its arguments, attributes)
      if (given.size() < 3 || m_pickle[given[0]].kind != PickleKind::Global ||
          m_pickle[given[2]].kind != PickleKind::Tuple)
        wrong();
      PickleNode inner{.kind = PickleKind::Call, .items = {given[0], given[2]}, .at = call.at};
      if (!isTensor(inner)) wrong();
      return tensorOf(inner, name, depth + 1);
    }
    if (given.size() < 4 || m_pickle[given[0]].kind != PickleKind::Reference ||
        m_pickle[given[1]].kind != PickleKind::Whole)
      wrong();
    TorchStorage storage = m_container.storages.at(given[0]);
    if (how == "torch._utils._rebuild_tensor_v3") storage.type = elementTypeOf(call, given, name);
    View view{m_pickle[given[1]].whole, wholesOf(given[2]), wholesOf(given[3])};
    if (view.sizes.size() != view.strides.size()) wrong();
    return made(call, name, view, storage);
  }

  [[nodiscard]] TensorType elementTypeOf(const PickleNode &call, const std::vector<PickleIndex> &given,
                                         const QString &name) const {
    const auto type = given.size() > 6 ? torchElementType(m_pickle[given[6]].text) : std::nullopt;
    if (!type) fail(call, QStringLiteral("tensor %1 has numbers of a type that is not read").arg(quoted(name)));
    return *type;
  }

  [[nodiscard]] std::vector<qint64> wholesOf(PickleIndex index) const {
    const PickleNode &node = m_pickle[index];
    if (!isList(node) || node.items.size() > MaxAxes) fail(node, QStringLiteral("is no shape of a tensor"));
    std::vector<qint64> wholes;
    for (const PickleIndex item : node.items) {
      if (m_pickle[item].kind != PickleKind::Whole || m_pickle[item].whole < 0)
        fail(node, QStringLiteral("has an axis or a step that is no whole number from 0 on"));
      wholes.push_back(m_pickle[item].whole);
    }
    return wholes;
  }

  Tensor made(const PickleNode &call, const QString &name, const View &view, const TorchStorage &storage) {
    const auto bytes = tensorBytes(storage.type, view.sizes);
    if (!bytes || (*bytes > 0 && !isInside(view, storage.elements())))
      fail(call, QStringLiteral("tensor %1 reaches past its storage").arg(quoted(name)));
    if (*bytes > m_left)
      fail(call, QStringLiteral("its tensors are far larger than the file"),
           QStringLiteral("save them with .clone(), each by itself"));
    m_left -= *bytes;
    return {name, storage.type, view.sizes, gathered(view, *bytes / tensorTypeSize(storage.type), storage)};
  }

  const TorchContainer &m_container;
  const Pickle &m_pickle;
  qint64 m_most;
  qint64 m_left;
  const Watch &m_watch;
  std::int64_t m_visits = 0;
  std::set<QString> m_names;
  SafeTensors m_out;
};

}  // namespace

SafeTensors torchTensors(const TorchContainer &container, qint64 mostBytes, const Watch &watch) {
  return Reader(container, mostBytes, watch).read();
}

}  // namespace pimento
