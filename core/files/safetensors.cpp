// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/safetensors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QtEndian>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/watched_safetensors.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

struct TypeInfo {
  TensorType type;
  const char *name;
  qint64 size;
};

constexpr std::array<TypeInfo, 13> Types{{{TensorType::F64, "F64", 8},
                                          {TensorType::I64, "I64", 8},
                                          {TensorType::U64, "U64", 8},
                                          {TensorType::F32, "F32", 4},
                                          {TensorType::I32, "I32", 4},
                                          {TensorType::U32, "U32", 4},
                                          {TensorType::F16, "F16", 2},
                                          {TensorType::BF16, "BF16", 2},
                                          {TensorType::I16, "I16", 2},
                                          {TensorType::U16, "U16", 2},
                                          {TensorType::I8, "I8", 1},
                                          {TensorType::U8, "U8", 1},
                                          {TensorType::Bool, "BOOL", 1}}};

constexpr qint64 Prefix = 8;  // the header's length, 64 bits, little-endian
const QString Metadata = QStringLiteral("__metadata__");
const QString Remedy = QStringLiteral("the file is damaged or no safetensors file");

const TypeInfo &info(TensorType type) { return Types[static_cast<std::size_t>(type)]; }

// A whole number from 0 to 2^53, else nothing.
std::optional<qint64> wholeNumber(const QJsonValue &value) {
  const double number = value.toDouble(-1);
  if (!(number >= 0 && number <= 9007199254740992.0) || number != std::floor(number)) return std::nullopt;
  return static_cast<qint64>(number);
}

struct Range {
  Tensor tensor;  // without its bytes
  qint64 begin = 0;
  qint64 end = 0;
};

Range readEntry(const QString &name, const QJsonObject &object, const QString &place) {
  const QString where = QStringLiteral("%1, tensor %2").arg(place, quoted(name));
  const JsonReader reader(object, where,
                          {QStringLiteral("dtype"), QStringLiteral("shape"), QStringLiteral("data_offsets")});
  const auto type = tensorTypeFromName(reader.text("dtype"));
  if (!type) reader.fail("dtype", QStringLiteral("names no type that is known here"));
  Range range{{name, *type, {}, {}}, 0, 0};
  const QJsonArray shape = reader.array("shape");
  for (const auto value : shape) {
    const auto size = wholeNumber(value);
    if (!size) reader.fail("shape", QStringLiteral("must hold whole numbers"));
    range.tensor.shape.push_back(*size);
  }
  const QJsonArray offsets = reader.array("data_offsets");
  const auto begin = wholeNumber(offsets.at(0));
  const auto end = wholeNumber(offsets.at(1));
  if (offsets.size() != 2 || !begin || !end || *begin > *end)
    reader.fail("data_offsets", QStringLiteral("must be [begin, end]"));
  range.begin = *begin;
  range.end = *end;
  if (tensorBytes(*type, range.tensor.shape) != range.end - range.begin)
    throw Error(where, QStringLiteral("its shape does not fit its %1 bytes").arg(range.end - range.begin), Remedy);
  return range;
}

std::map<QString, QString> readMetadata(const QJsonValue &value, const QString &place) {
  if (!value.isObject()) throw Error(place, QStringLiteral("__metadata__ is no object"), Remedy);
  std::map<QString, QString> metadata;
  const QJsonObject object = value.toObject();
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (!it.value().isString())
      throw Error(place, QStringLiteral("__metadata__ holds a value that is not text"), Remedy);
    metadata[it.key()] = it.value().toString();
  }
  return metadata;
}

// The part of a file of `size` bytes that begins at an offset.
using Bytes = std::function<QByteArray(qint64 from, qint64 count)>;

QByteArray readHeader(const Bytes &bytes, qint64 size, const QString &place, const SafeTensorsLimits &limits) {
  if (size < Prefix) throw Error(place, QStringLiteral("shorter than its 8-byte length"), Remedy);
  const auto length = qFromLittleEndian<quint64>(bytes(0, Prefix).constData());
  if (length > static_cast<quint64>(limits.headerBytes))
    throw Error(place, QStringLiteral("its header is longer than %1 MB").arg(limits.headerBytes >> 20), Remedy);
  if (static_cast<qint64>(length) > size - Prefix)
    throw Error(place, QStringLiteral("its header of %1 bytes reaches past the end").arg(length), Remedy);
  return bytes(Prefix, static_cast<qint64>(length));
}

QJsonObject entryJson(const Tensor &tensor, qint64 begin) {
  QJsonArray shape;
  for (const qint64 size : tensor.shape) shape.append(size);
  return {{QStringLiteral("dtype"), tensorTypeName(tensor.type)},
          {QStringLiteral("shape"), shape},
          {QStringLiteral("data_offsets"), QJsonArray{begin, begin + tensor.bytes.size()}}};
}

}  // namespace

QString tensorTypeName(TensorType type) { return QString::fromLatin1(info(type).name); }

std::optional<TensorType> tensorTypeFromName(QStringView name) {
  for (const TypeInfo &type : Types)
    if (name == QLatin1String(type.name)) return type.type;
  return std::nullopt;
}

qint64 tensorTypeSize(TensorType type) { return info(type).size; }

std::optional<qint64> tensorBytes(TensorType type, const std::vector<qint64> &shape) {
  if (std::any_of(shape.begin(), shape.end(), [](qint64 size) { return size < 0; })) return std::nullopt;
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  qint64 bytes = tensorTypeSize(type);
  for (const qint64 size : shape) {
    if (bytes > (qint64{1} << 62) / size) return std::nullopt;
    bytes *= size;
  }
  return bytes;
}

static SafeTensors read(const Bytes &bytes, qint64 size, const QString &place, const SafeTensorsLimits &limits) {
  const QByteArray header = readHeader(bytes, size, place, limits);
  const QJsonObject object = parseJsonObject(header, place + QStringLiteral(", header"), header.size());
  if (object.size() > limits.tensors)
    throw Error(place, QStringLiteral("more than %1 tensors").arg(limits.tensors), Remedy);
  SafeTensors content;
  std::vector<Range> ranges;
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (it.key() == Metadata) {
      content.metadata = readMetadata(it.value(), place);
      continue;
    }
    if (!it.value().isObject())
      throw Error(QStringLiteral("%1, tensor %2").arg(place, quoted(it.key())), QStringLiteral("no object"), Remedy);
    ranges.push_back(readEntry(it.key(), it.value().toObject(), place));
  }
  std::stable_sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  const qint64 data = Prefix + header.size();
  qint64 at = 0;
  for (Range &range : ranges) {
    const QString where = QStringLiteral("%1, tensor %2").arg(place, quoted(range.tensor.name));
    if (range.begin != at)
      throw Error(where,
                  range.begin < at ? QStringLiteral("overlaps another one")
                                   : QStringLiteral("%1 bytes before it belong to no tensor").arg(range.begin - at),
                  Remedy);
    if (range.end > size - data) throw Error(where, QStringLiteral("reaches past the end of the file"), Remedy);
    at = range.end;
  }
  if (data + at != size)
    throw Error(place, QStringLiteral("%1 bytes at its end belong to no tensor").arg(size - data - at), Remedy);
  for (Range &range : ranges) {
    range.tensor.bytes = bytes(data + range.begin, range.end - range.begin);
    content.tensors.push_back(std::move(range.tensor));
  }
  return content;
}

SafeTensors readSafeTensors(const QByteArray &file, const QString &place, const SafeTensorsLimits &limits) {
  return read([&](qint64 from, qint64 count) { return file.mid(from, count); }, file.size(), place, limits);
}

SafeTensors openSafeTensors(const QString &path, qint64 maxBytes, const SafeTensorsLimits &limits) {
  OutsideFile file(path, maxBytes);
  return read([&](qint64 from, qint64 count) { return file.part(from, count); }, file.size(), path, limits);
}

SafeTensors openSafeTensors(const QString &path, qint64 maxBytes, const Watch &watch) {
  constexpr qint64 Piece = 4 << 20;
  OutsideFile file(path, maxBytes);
  const auto part = [&](qint64 from, qint64 count) {
    QByteArray bytes;
    bytes.reserve(count);
    while (bytes.size() < count) {
      watch.report(static_cast<double>(from + bytes.size()) / static_cast<double>(file.size()), path);
      bytes += file.part(from + bytes.size(), std::min(Piece, count - bytes.size()));
    }
    return bytes;
  };
  return read(part, file.size(), path, {});
}

QByteArray writeSafeTensors(SafeTensors content) {
  std::sort(content.tensors.begin(), content.tensors.end(), [](const Tensor &a, const Tensor &b) {
    const qint64 x = tensorTypeSize(a.type);
    const qint64 y = tensorTypeSize(b.type);
    return x != y ? x > y : a.name < b.name;
  });
  QJsonObject object;
  if (!content.metadata.empty()) {
    QJsonObject metadata;
    for (const auto &[key, value] : content.metadata) metadata.insert(key, value);
    object.insert(Metadata, metadata);
  }
  qint64 size = 0;
  for (const Tensor &tensor : content.tensors) {
    const QString where = QStringLiteral("tensor %1").arg(quoted(tensor.name));
    if (tensor.name == Metadata || object.contains(tensor.name))
      throw Error(where, QStringLiteral("its name is used already"));
    if (tensorBytes(tensor.type, tensor.shape) != tensor.bytes.size())
      throw Error(where, QStringLiteral("its shape does not fit its %1 bytes").arg(tensor.bytes.size()));
    object.insert(tensor.name, entryJson(tensor, size));
    size += tensor.bytes.size();
  }
  QByteArray header = QJsonDocument(object).toJson(QJsonDocument::Compact);
  header.append((8 - header.size() % 8) % 8, ' ');  // so that the data is aligned
  QByteArray file(Prefix, '\0');
  file.reserve(Prefix + header.size() + size);
  qToLittleEndian<quint64>(static_cast<quint64>(header.size()), file.data());
  file += header;
  for (const Tensor &tensor : content.tensors) file += tensor.bytes;
  return file;
}

}  // namespace pimento
