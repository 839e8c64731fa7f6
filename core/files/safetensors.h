// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace pimento {

static_assert(std::endian::native == std::endian::little, "tensors are little-endian and copied as they are");

// Types of the safetensors format (github.com/huggingface/safetensors). Half floats are kept as raw bytes.
enum class TensorType : std::uint8_t { F64, I64, U64, F32, I32, U32, F16, BF16, I16, U16, I8, U8, Bool };

[[nodiscard]] QString tensorTypeName(TensorType type);  // "F64"
[[nodiscard]] std::optional<TensorType> tensorTypeFromName(QStringView name);
[[nodiscard]] qint64 tensorTypeSize(TensorType type);  // bytes an element

// Bytes of a tensor of this shape; nothing for an axis below 0, or if they are more than 2^62.
[[nodiscard]] std::optional<qint64> tensorBytes(TensorType type, const std::vector<qint64> &shape);

struct Tensor {
  QString name;
  TensorType type = TensorType::F32;
  std::vector<qint64> shape;
  QByteArray bytes;  // elements in C order
  bool operator==(const Tensor &) const = default;
};

struct SafeTensors {
  std::vector<Tensor> tensors;  // in the order of their data
  std::map<QString, QString> metadata;
  bool operator==(const SafeTensors &) const = default;
};

struct SafeTensorsLimits {
  qint64 headerBytes = 64 << 20;
  qint64 tensors = 100'000;
};

// Reads a whole file. Throws Error naming `place` and the tensor for a header that is too long or no JSON, unknown
// types, shapes that do not fit their bytes, and for ranges that overlap, leave a gap or reach past the end.
[[nodiscard]] SafeTensors readSafeTensors(const QByteArray &file, const QString &place,
                                          const SafeTensorsLimits &limits = {});

// Reads a file of at most `maxBytes`: its header is checked against its size before its tensors are read.
[[nodiscard]] SafeTensors openSafeTensors(const QString &path, qint64 maxBytes, const SafeTensorsLimits &limits = {});

// Wider types first, then by name, so that every tensor is aligned and equal content gives equal bytes.
// Throws Error if a tensor's shape does not fit its bytes or a name is used twice.
[[nodiscard]] QByteArray writeSafeTensors(SafeTensors content);

template <class T>
[[nodiscard]] constexpr TensorType tensorTypeOf() {
  if constexpr (std::is_same_v<T, double>) return TensorType::F64;
  if constexpr (std::is_same_v<T, float>) return TensorType::F32;
  if constexpr (std::is_same_v<T, std::int64_t>) return TensorType::I64;
  if constexpr (std::is_same_v<T, std::int32_t>) return TensorType::I32;
  if constexpr (std::is_same_v<T, std::uint32_t>) return TensorType::U32;
  if constexpr (std::is_same_v<T, std::int16_t>) return TensorType::I16;
  if constexpr (std::is_same_v<T, std::uint16_t>) return TensorType::U16;
  if constexpr (std::is_same_v<T, std::int8_t>) return TensorType::I8;
  if constexpr (std::is_same_v<T, std::uint8_t>) return TensorType::U8;
}

// A vector as a tensor of one dimension.
template <class T>
[[nodiscard]] Tensor makeTensor(const QString &name, std::span<const T> values) {
  return {name,
          tensorTypeOf<T>(),
          {static_cast<qint64>(values.size())},
          QByteArray(reinterpret_cast<const char *>(values.data()), static_cast<qsizetype>(values.size_bytes()))};
}

// The elements of a tensor of type T, in C order; the caller has checked the type.
template <class T>
[[nodiscard]] std::vector<T> tensorValues(const Tensor &tensor) {
  std::vector<T> values(static_cast<std::size_t>(tensor.bytes.size()) / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.constData(), values.size() * sizeof(T));
  return values;
}

}  // namespace pimento
