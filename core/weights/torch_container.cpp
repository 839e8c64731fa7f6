// SPDX-License-Identifier: GPL-3.0-or-later
// The forms are those of torch/serialization.py.
#include "core/weights/torch_container.h"

#include <QtEndian>
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/files/archive.h"

namespace pimento {

namespace {

struct TorchType {
  const char *storage;
  const char *element;
  TensorType type;
};

constexpr std::array<TorchType, 10> Types{{{"DoubleStorage", "float64", TensorType::F64},
                                           {"FloatStorage", "float32", TensorType::F32},
                                           {"HalfStorage", "float16", TensorType::F16},
                                           {"BFloat16Storage", "bfloat16", TensorType::BF16},
                                           {"LongStorage", "int64", TensorType::I64},
                                           {"IntStorage", "int32", TensorType::I32},
                                           {"ShortStorage", "int16", TensorType::I16},
                                           {"CharStorage", "int8", TensorType::I8},
                                           {"ByteStorage", "uint8", TensorType::U8},
                                           {"BoolStorage", "bool", TensorType::Bool}}};

// Names beside those of storages and element types. What makes tensors is in torch_tensors.cpp.
constexpr std::array<std::pair<const char *, PickleGlobal>, 30> Names{{
    {"collections.OrderedDict", PickleGlobal::Dict},
    {"collections.defaultdict", PickleGlobal::Dict},
    {"collections.Counter", PickleGlobal::Dict},
    {"__builtin__.dict", PickleGlobal::Dict},
    {"builtins.dict", PickleGlobal::Dict},
    {"__builtin__.list", PickleGlobal::List},
    {"builtins.list", PickleGlobal::List},
    {"__builtin__.set", PickleGlobal::List},
    {"builtins.set", PickleGlobal::List},
    {"__builtin__.frozenset", PickleGlobal::List},
    {"builtins.frozenset", PickleGlobal::List},
    {"torch.Size", PickleGlobal::List},
    {"__builtin__.int", PickleGlobal::Value},
    {"builtins.int", PickleGlobal::Value},
    {"__builtin__.float", PickleGlobal::Value},
    {"builtins.float", PickleGlobal::Value},
    {"argparse.Namespace", PickleGlobal::Value},
    {"_codecs.encode", PickleGlobal::Value},
    {"numpy.dtype", PickleGlobal::Value},
    {"numpy.core.multiarray.scalar", PickleGlobal::Value},
    {"numpy._core.multiarray.scalar", PickleGlobal::Value},
    {"torch.device", PickleGlobal::Value},
    {"torch.Tensor", PickleGlobal::Value},
    {"torch.nn.parameter.Parameter", PickleGlobal::Value},
    {"torch._utils._rebuild_tensor", PickleGlobal::Value},
    {"torch._utils._rebuild_tensor_v2", PickleGlobal::Value},
    {"torch._utils._rebuild_tensor_v3", PickleGlobal::Value},
    {"torch._utils._rebuild_parameter", PickleGlobal::Value},
    {"torch._utils._rebuild_parameter_with_state", PickleGlobal::Value},
    {"torch._tensor._rebuild_from_type_v2", PickleGlobal::Value},
}};

// "torch.cuda.FloatStorage" and "torch.FloatStorage" are one.
QByteArrayView withoutModule(const QByteArray &global) {
  QByteArrayView name(global);
  if (!name.startsWith("torch.")) return {};
  name = name.sliced(6);
  return name.startsWith("cuda.") ? name.sliced(5) : name;
}

bool isUntyped(const QByteArray &global) {
  return global == "torch.storage.UntypedStorage" || global == "torch.UntypedStorage";
}

// What a persistent identifier says: ('storage', type, key, device, elements), and in a stream a sixth, the part of
// the storage or None.
struct Identifier {
  TensorType type = TensorType::U8;
  QByteArray key;
  qint64 elements = 0;
  std::optional<PickleIndex> part;
};

class Identifiers {
 public:
  Identifiers(const Pickle &pickle, const QString &place) : m_pickle(pickle), m_place(place) {}

  [[nodiscard]] Identifier read(PickleIndex reference) const {
    const PickleNode &node = m_pickle[m_pickle[reference].items[0]];
    const auto fail = [&] {
      throw Error(pickleByte(m_place, m_pickle[reference].at), QStringLiteral("refers to what is no storage"),
                  TorchDamaged);
    };
    if (node.kind != PickleKind::Tuple || node.items.size() < 5) fail();
    const auto item = [&](std::size_t i) -> const PickleNode & { return m_pickle[node.items[i]]; };
    if (item(0).kind != PickleKind::Text || item(0).text != "storage" || item(1).kind != PickleKind::Global ||
        item(2).kind != PickleKind::Text || item(4).kind != PickleKind::Whole || item(4).whole < 0)
      fail();
    Identifier identifier{TensorType::U8, item(2).text, item(4).whole, std::nullopt};
    const auto type = torchStorageType(item(1).text);
    if (!type && !isUntyped(item(1).text)) fail();
    identifier.type = type.value_or(TensorType::U8);
    if (identifier.elements > (qint64{1} << 60) / tensorTypeSize(identifier.type)) fail();
    if (node.items.size() > 5 && item(5).kind != PickleKind::None) identifier.part = node.items[5];
    return identifier;
  }

  // Of each reference of the pickle.
  template <class Function>
  void forEach(const Function &function) const {
    for (PickleIndex i = 0; i < m_pickle.nodes.size(); ++i)
      if (m_pickle[i].kind == PickleKind::Reference) function(i, read(i));
  }

 private:
  const Pickle &m_pickle;
  const QString &m_place;
};

ArchiveLimits archiveLimits(qint64 mostBytes) {
  ArchiveLimits limits;
  limits.entries = 100'000;
  limits.entryBytes = qint64{4} << 30;
  limits.totalBytes = std::min(qint64{8} << 30, mostBytes);
  limits.names = EntryNames::Any;
  return limits;
}

const ArchiveEntry *find(const std::vector<ArchiveEntry> &entries, const QString &name) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const ArchiveEntry &e) { return e.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

// The folder inside the archive that holds everything: "net/".
QString folderOf(const std::vector<ArchiveEntry> &entries, const QString &place) {
  const QString pickle = QStringLiteral("data.pkl");
  for (const ArchiveEntry &entry : entries)
    if (entry.name == pickle || entry.name.endsWith(QLatin1Char('/') + pickle)) return entry.name.chopped(8);
  throw Error(place, QStringLiteral("is a zip archive without the data.pkl of torch.save"), TorchDamaged);
}

void requireLittleEndian(const std::vector<ArchiveEntry> &entries, const QString &folder, const QString &place) {
  const ArchiveEntry *order = find(entries, folder + QStringLiteral("byteorder"));
  if (order != nullptr && order->bytes != "little")
    throw Error(place, QStringLiteral("its numbers are big-endian"), QStringLiteral("save it on another machine"));
}

// The stream of before PyTorch 1.6, after its three first pickles: the object, the keys of its storages, and each
// storage as a count of 64 bits and its elements.
class Stream {
 public:
  Stream(const QByteArray &file, const QString &place) : m_file(file), m_place(place) {}

  TorchContainer read() {
    readHead();
    TorchContainer container{next(), {}, m_place};
    const Pickle keys = next();
    const auto stored = readStorages(keys, sizesOf(container.pickle));
    if (m_at != m_file.size())
      throw Error(m_place, QStringLiteral("%1 bytes at its end belong to no tensor").arg(m_file.size() - m_at),
                  TorchDamaged);
    Identifiers(container.pickle, m_place).forEach([&](PickleIndex i, const Identifier &identifier) {
      const auto found = stored.find(identifier.key);
      if (found == stored.end())
        throw Error(pickleByte(m_place, container.pickle[i].at),
                    QStringLiteral("storage %1 is not in the file").arg(quoted(QString::fromUtf8(identifier.key))),
                    TorchDamaged);
      container.storages[i] = partOf(container.pickle, identifier, found->second);
    });
    return container;
  }

 private:
  Pickle next() {
    Pickle pickle = readPickle(m_file, m_at, torchGlobal, m_place);
    m_at = pickle.end;
    return pickle;
  }

  // PyTorch's number, version 1001, and how large integers were.
  void readHead() {
    static const QByteArray magic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
    const Pickle number = next();
    if (number[number.root].kind != PickleKind::Big || number[number.root].text != magic)
      throw Error(m_place, QStringLiteral("is a pickle, but none of torch.save"),
                  QStringLiteral("save a state_dict with torch.save or as safetensors"));
    const Pickle version = next();
    if (version[version.root].whole != 1001)
      throw Error(m_place, QStringLiteral("is of version %1; only 1001 is known").arg(version[version.root].whole),
                  TorchDamaged);
    const Pickle system = next();
    const PickleNode &facts = system[system.root];
    for (std::size_t i = 0; facts.kind == PickleKind::Dict && i < facts.items.size(); i += 2)
      if (system[facts.items[i]].text == "little_endian" && system[facts.items[i + 1]].whole == 0)
        throw Error(m_place, QStringLiteral("its numbers are big-endian"),
                    QStringLiteral("save it on another machine"));
  }

  // Type and count of each storage, by its key.
  std::map<QByteArray, Identifier> sizesOf(const Pickle &pickle) const {
    std::map<QByteArray, Identifier> sizes;
    Identifiers(pickle, m_place).forEach([&](PickleIndex, const Identifier &identifier) {
      sizes.emplace(identifier.key, identifier);
    });
    return sizes;
  }

  std::map<QByteArray, TorchStorage> readStorages(const Pickle &keys, const std::map<QByteArray, Identifier> &sizes) {
    std::map<QByteArray, TorchStorage> storages;
    if (keys[keys.root].kind != PickleKind::List)
      throw Error(m_place, QStringLiteral("has no list of storages"), TorchDamaged);
    for (const PickleIndex index : keys[keys.root].items) {
      const QByteArray &key = keys[index].text;
      const QString where = QStringLiteral("%1, storage %2").arg(m_place, quoted(QString::fromUtf8(key)));
      const auto size = sizes.find(key);
      if (size == sizes.end()) throw Error(where, QStringLiteral("belongs to no tensor"), TorchDamaged);
      if (m_file.size() - m_at < 8) throw Error(where, QStringLiteral("is cut off"), TorchDamaged);
      const auto count = qFromLittleEndian<qint64>(m_file.constData() + m_at);
      const Identifier &wanted = size->second;
      m_at += 8;
      if (count != wanted.elements)
        throw Error(where, QStringLiteral("holds %1 elements instead of %2").arg(count).arg(wanted.elements),
                    TorchDamaged);
      const qint64 bytes = count * tensorTypeSize(wanted.type);
      if (bytes > m_file.size() - m_at) throw Error(where, QStringLiteral("is cut off"), TorchDamaged);
      storages[key] = {wanted.type, m_file, m_at, bytes};
      m_at += bytes;
    }
    return storages;
  }

  // (key, first element, elements) of a storage inside another one.
  TorchStorage partOf(const Pickle &pickle, const Identifier &identifier, const TorchStorage &whole) const {
    if (!identifier.part) return whole;
    const PickleNode &part = pickle[*identifier.part];
    const auto number = [&](std::size_t i) {
      return part.kind == PickleKind::Tuple && part.items.size() == 3 && pickle[part.items[i]].kind == PickleKind::Whole
                 ? pickle[part.items[i]].whole
                 : -1;
    };
    const std::int64_t first = number(1);
    const std::int64_t count = number(2);
    if (first < 0 || count < 0 || first > whole.elements() || count > whole.elements() - first)
      throw Error(pickleByte(m_place, part.at), QStringLiteral("a part of a storage reaches past its end"),
                  TorchDamaged);
    const qint64 size = tensorTypeSize(whole.type);
    return {whole.type, whole.bytes, whole.begin + first * size, count * size};
  }

  const QByteArray &m_file;
  const QString &m_place;
  qint64 m_at = 0;
};

}  // namespace

std::optional<PickleGlobal> torchGlobal(const QByteArray &name) {
  for (const auto &[known, what] : Names)
    if (name == known) return what;
  if (torchStorageType(name) || torchElementType(name) || isUntyped(name)) return PickleGlobal::Value;
  return std::nullopt;
}

std::optional<TensorType> torchStorageType(const QByteArray &global) {
  const QByteArrayView name = withoutModule(global);
  for (const TorchType &type : Types)
    if (name == QByteArrayView(type.storage)) return type.type;
  return std::nullopt;
}

std::optional<TensorType> torchElementType(const QByteArray &global) {
  const QByteArrayView name = withoutModule(global);
  for (const TorchType &type : Types)
    if (name == QByteArrayView(type.element)) return type.type;
  return std::nullopt;
}

TorchContainer readTorchArchive(QIODevice &device, const QString &place, qint64 mostBytes, const Watch &watch) {
  const std::vector<ArchiveEntry> entries = readArchive(device, place, archiveLimits(mostBytes), watch);
  const QString folder = folderOf(entries, place);
  if (find(entries, folder + QStringLiteral("constants.pkl")) != nullptr)
    throw Error(place, QStringLiteral("is a TorchScript module: code, not only tensors"),
                QStringLiteral("save its state_dict() with torch.save"));
  requireLittleEndian(entries, folder, place);
  const ArchiveEntry &object = *find(entries, folder + QStringLiteral("data.pkl"));
  TorchContainer container{{}, {}, QStringLiteral("%1, entry %2").arg(place, quoted(object.name))};
  container.pickle = readPickle(object.bytes, 0, torchGlobal, container.place);
  if (container.pickle.end != object.bytes.size())
    throw Error(pickleByte(container.place, container.pickle.end), QStringLiteral("something stands behind the pickle"),
                TorchDamaged);
  std::map<QString, const ArchiveEntry *> byName;
  for (const ArchiveEntry &entry : entries) byName[entry.name] = &entry;
  Identifiers(container.pickle, container.place).forEach([&](PickleIndex i, const Identifier &identifier) {
    const QString name = folder + QStringLiteral("data/") + QString::fromUtf8(identifier.key);
    const QString where = QStringLiteral("%1, entry %2").arg(place, quoted(name));
    const auto found = byName.find(name);
    if (found == byName.end()) throw Error(where, QStringLiteral("is not there"), TorchDamaged);
    const QByteArray &bytes = found->second->bytes;
    const qint64 wanted = identifier.elements * tensorTypeSize(identifier.type);
    if (bytes.size() != wanted)
      throw Error(where, QStringLiteral("holds %1 bytes instead of %2").arg(bytes.size()).arg(wanted), TorchDamaged);
    container.storages[i] = {identifier.type, bytes};
  });
  return container;
}

TorchContainer readTorchStream(const QByteArray &file, const QString &place) { return Stream(file, place).read(); }

}  // namespace pimento
