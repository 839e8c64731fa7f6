// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace pimento {

// What a pickle is made of. A reader of Python's pickles makes objects by calling what the file names; this one makes
// only these nodes, calls nothing and looks nothing up.
enum class PickleKind : std::uint8_t {
  None,
  Bool,       // whole: 0 or 1
  Whole,      // whole
  Big,        // a whole number of more than 64 bits; text: its bytes, little-endian
  Real,       // real
  Text,       // text: UTF-8
  Bytes,      // text
  List,       // items; sets are lists too
  Tuple,      // items
  Dict,       // items: key, value, key, value, …
  Global,     // text: "module.name"
  Call,       // items: a global and the tuple that it would be called with
  Reference,  // items: one, the persistent identifier
};

using PickleIndex = std::uint32_t;

struct PickleNode {
  PickleKind kind = PickleKind::None;
  std::int64_t whole = 0;
  double real = 0;
  QByteArray text;
  std::vector<PickleIndex> items;
  qint64 at = 0;  // byte of the file at which it was made
};

// The nodes of one pickle. They may be shared, and lists and dictionaries may even hold themselves: whoever walks them
// counts his steps.
struct Pickle {
  std::vector<PickleNode> nodes;
  PickleIndex root = 0;
  qint64 end = 0;  // byte behind it
  [[nodiscard]] const PickleNode &operator[](PickleIndex index) const { return nodes[index]; }
};

struct PickleLimits {
  qint64 bytes = qint64{64} << 20;
  std::int64_t opcodes = 16'000'000;
  std::size_t nodes = 4'000'000;
  std::size_t memo = 2'000'000;
  std::size_t stack = 2'000'000;
  std::size_t marks = 1000;  // containers that are open inside each other
};

// What a global name may be: a dictionary when it is called, a list, or a value that nobody looks into. Any other name
// is refused.
enum class PickleGlobal : std::uint8_t { Dict, List, Value };
using KnownGlobals = std::function<std::optional<PickleGlobal>(const QByteArray &name)>;

// Reads the pickle (protocols 0 to 5) that begins at byte `begin`. Throws Error naming `place` and the byte for names
// that are not known, instructions of which none are needed for data (instances, extensions, buffers), what breaks a
// limit, and what is cut off or damaged.
[[nodiscard]] Pickle readPickle(const QByteArray &file, qint64 begin, const KnownGlobals &known, const QString &place,
                                const PickleLimits &limits = {});

// "PLACE, byte 12".
[[nodiscard]] QString pickleByte(const QString &place, qint64 at);

}  // namespace pimento
