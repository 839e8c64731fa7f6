// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/core/project/zip_maker.h"

namespace pimento::test {

// Pickles made by hand, instruction by instruction (CPython's Lib/pickle.py).
inline const QByteArray Protocol("\x80\x02", 2);
inline const QByteArray End(".");

inline QByteArray text(const QByteArray &value) {
  QByteArray out("X");
  put(out, static_cast<quint32>(value.size()));
  return out + value;
}

inline QByteArray whole(qint64 value) {
  QByteArray out("\x8a\x08");
  put(out, value);
  return out;
}

inline QByteArray tuple(const std::vector<QByteArray> &items) {
  QByteArray out("(");
  for (const QByteArray &item : items) out += item;
  return out + 't';
}

inline QByteArray wholes(const std::vector<qint64> &values) {
  std::vector<QByteArray> items;
  for (const qint64 value : values) items.push_back(whole(value));
  return tuple(items);
}

inline QByteArray global(const QByteArray &module, const QByteArray &name) { return 'c' + module + '\n' + name + '\n'; }

// A tensor over a storage "0" of floats; `part` is the sixth item of the streams' identifiers.
struct Rebuilt {
  qint64 elements = 6;
  qint64 offset = 0;
  std::vector<qint64> sizes{2, 3};
  std::vector<qint64> strides{3, 1};
  QByteArray type = "FloatStorage";
  QByteArray part;
};

inline QByteArray rebuilt(const Rebuilt &r) {
  std::vector<QByteArray> identifier{text("storage"), global("torch", r.type), text("0"), text("cpu"),
                                     whole(r.elements)};
  if (!r.part.isEmpty()) identifier.push_back(r.part);
  return global("torch._utils", "_rebuild_tensor_v2") +
         tuple({tuple(identifier) + 'Q', whole(r.offset), wholes(r.sizes), wholes(r.strides), "\x89",
                global("collections", "OrderedDict") + ")R"}) +
         'R';
}

inline QByteArray dictionary(const QByteArray &name, const QByteArray &value) { return '}' + text(name) + value + 's'; }

// 0, 1, 2, … in single precision.
inline QByteArray floats(int count) {
  QByteArray out;
  for (int i = 0; i < count; ++i) put(out, static_cast<float>(i));
  return out;
}

inline QByteArray archiveOf(const QByteArray &pickle, const QByteArray &storage = floats(6)) {
  return makeZip({{"net/data.pkl", pickle, false, {}, {}, 0},
                  {"net/data/0", storage, false, {}, {}, 0},
                  {"net/version", "3\n", false, {}, {}, 0}});
}

// The form from before PyTorch 1.6.
inline QByteArray streamOf(const QByteArray &pickle, qint64 elements = 6, const QByteArray &storage = floats(6)) {
  QByteArray out = Protocol + QByteArray("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13);
  out += Protocol + "M\xe9\x03.";
  out += Protocol + "}.";
  out += pickle + Protocol + ']' + text("0") + "a.";
  put(out, elements);
  return out + storage;
}

}  // namespace pimento::test
