// SPDX-License-Identifier: GPL-3.0-or-later
// The instructions of CPython's Lib/pickle.py.
#include "core/weights/pickle.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/weights/pickle_state.h"

namespace pimento {

namespace {

const QString OnlyData =
    QStringLiteral("nothing in a file is executed; where you trust it, save model.state_dict() or a safetensors file");

class Machine : PickleState {
 public:
  Machine(const QByteArray &file, qint64 begin, const KnownGlobals &known, const QString &place,
          const PickleLimits &limits)
      : PickleState(file, begin, place, limits), m_known(known), m_most(limits.opcodes) {}

  Pickle run() {
    for (std::int64_t n = 0; n < m_most; ++n) {
      const char code = beginInstruction();
      if (code == '.') return end();
      if (!number(code) && !text(code) && !container(code) && !stack(code) && !object(code)) refuse(code);
    }
    fail(QStringLiteral("has more than %1 instructions").arg(m_most));
  }

 private:
  [[noreturn]] void refuse(char code) const {
    fail(QStringLiteral("instruction 0x%1 is not read").arg(static_cast<unsigned char>(code), 2, 16, QLatin1Char('0')),
         OnlyData);
  }

  bool number(char code) {
    switch (code) {
      case 'N':
        return pushNew({.kind = PickleKind::None});
      case '\x88':
      case '\x89':
        return pushNew({.kind = PickleKind::Bool, .whole = code == '\x88' ? 1 : 0});
      case 'K':
        return pushWhole(little<quint8>());
      case 'M':
        return pushWhole(little<quint16>());
      case 'J':
        return pushWhole(little<qint32>());
      case '\x8a':
        return pushLong(little<quint8>());
      case '\x8b':
        return pushLong(little<quint32>());
      case 'G':
        return pushNew({.kind = PickleKind::Real, .real = qFromBigEndian<double>(take(8))});
      case 'I':
      case 'L':
      case 'F':
        return pushLine(code, line());
      default:
        return false;
    }
  }

  // Two's complement, little-endian.
  bool pushLong(quint32 count) {
    const QByteArray given = bytes(count);
    if (count > sizeof(std::int64_t)) return pushText(PickleKind::Big, given);
    std::int64_t value = count > 0 && (given.back() & '\x80') != 0 ? -1 : 0;
    std::memcpy(&value, given.constData(), count);
    return pushWhole(value);
  }

  // Protocol 0.
  bool pushLine(char code, QByteArray text) {
    bool sound = false;
    if (code == 'F') {
      const double value = text.toDouble(&sound);
      if (!sound) fail(QStringLiteral("has a number that is none"));
      return pushNew({.kind = PickleKind::Real, .real = value});
    }
    if (code == 'I' && (text == "00" || text == "01"))
      return pushNew({.kind = PickleKind::Bool, .whole = text == "01" ? 1 : 0});
    if (text.endsWith('L')) text.chop(1);
    const qlonglong value = text.toLongLong(&sound);
    if (!sound) fail(QStringLiteral("has a number that is none or has more than 64 bits"));
    return pushWhole(value);
  }

  bool text(char code) {
    switch (code) {
      case 'X':
        return pushText(PickleKind::Text, bytes(little<quint32>()));
      case '\x8c':
        return pushText(PickleKind::Text, bytes(little<quint8>()));
      case '\x8d':
        return pushText(PickleKind::Text, bytes(little<quint64>()));
      case 'V':
        return pushText(PickleKind::Text, line());
      case 'U':  // Python 2's strings
        return pushText(PickleKind::Text, bytes(little<quint8>()));
      case 'T':
        return pushText(PickleKind::Text, bytes(little<quint32>()));
      case 'B':
        return pushText(PickleKind::Bytes, bytes(little<quint32>()));
      case 'C':
        return pushText(PickleKind::Bytes, bytes(little<quint8>()));
      case '\x8e':
        return pushText(PickleKind::Bytes, bytes(little<quint64>()));
      case 'S':
        return pushQuoted(line());
      default:
        return false;
    }
  }

  bool pushQuoted(const QByteArray &text) {
    const bool quoted = text.size() > 1 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0];
    if (!quoted || text.contains('\\')) fail(QStringLiteral("has a text whose quotes do not fit"));
    return pushText(PickleKind::Text, text.mid(1, text.size() - 2));
  }

  bool container(char code) {
    switch (code) {
      case '(':
        return mark();
      case ']':
      case '\x8f':  // an empty set
        return pushContainer(PickleKind::List, {});
      case ')':
        return pushContainer(PickleKind::Tuple, {});
      case '}':
        return pushContainer(PickleKind::Dict, {});
      case 'l':
      case '\x91':  // a frozen set
        return pushContainer(PickleKind::List, popMark());
      case 't':
        return pushContainer(PickleKind::Tuple, popMark());
      case 'd':
        return pushContainer(PickleKind::Dict, popMark());
      case '\x85':
      case '\x86':
      case '\x87':
        return pushTuple(static_cast<unsigned char>(code) - 0x84U);
      case 'a':
        return addItems(PickleKind::List, {pop()});
      case 'e':
      case '\x90':
        return addItems(PickleKind::List, popMark());
      case 's': {
        const PickleIndex value = pop();
        return addItems(PickleKind::Dict, {pop(), value});
      }
      case 'u':
        return addItems(PickleKind::Dict, popMark());
      default:
        return false;
    }
  }

  bool pushTuple(unsigned count) {
    std::vector<PickleIndex> items(count);
    for (auto it = items.rbegin(); it != items.rend(); ++it) *it = pop();
    return pushContainer(PickleKind::Tuple, std::move(items));
  }

  bool stack(char code) {
    switch (code) {
      case '\x80':
        if (little<quint8>() > 5) fail(QStringLiteral("has a protocol that is not known"));
        return true;
      case '\x95':  // how many bytes follow without a break
        take(8);
        return true;
      case '0':
        drop();
        return true;
      case '1':
        static_cast<void>(popMark());
        return true;
      case '2':
        return push(top());
      case 'p':
        return remember(lineNumber());
      case 'q':
        return remember(little<quint8>());
      case 'r':
        return remember(little<quint32>());
      case '\x94':
        return rememberNext();
      case 'g':
        return recall(lineNumber());
      case 'h':
        return recall(little<quint8>());
      case 'j':
        return recall(little<quint32>());
      default:
        return false;
    }
  }

  bool object(char code) {
    switch (code) {
      case 'c': {
        const QByteArray module = line();
        return pushGlobal(module + '.' + line());
      }
      case '\x93': {
        const QByteArray name = textOf(pop());
        return pushGlobal(textOf(pop()) + '.' + name);
      }
      case 'R':       // call
      case '\x81': {  // new
        const PickleIndex arguments = pop();
        return call(pop(), arguments);
      }
      case 'b': {  // attributes of an object: nobody looks at them
        pop();
        const PickleKind kind = (*this)[top()].kind;
        if (kind != PickleKind::Call && kind != PickleKind::Dict)
          fail(QStringLiteral("gives a state to a plain value"));
        return true;
      }
      case 'Q':
        return pushNew({.kind = PickleKind::Reference, .items = {pop()}});
      default:
        return false;
    }
  }

  [[nodiscard]] QByteArray textOf(PickleIndex index) const {
    if ((*this)[index].kind != PickleKind::Text) fail(QStringLiteral("a name is no text"));
    return (*this)[index].text;
  }

  bool pushGlobal(const QByteArray &name) {
    if (!m_known(name))
      fail(QStringLiteral("names %1, which is no tensor and no plain container").arg(quoted(QString::fromUtf8(name))),
           OnlyData);
    return pushText(PickleKind::Global, name);
  }

  bool call(PickleIndex what, PickleIndex arguments) {
    if ((*this)[what].kind != PickleKind::Global) fail(QStringLiteral("calls what is no name"), OnlyData);
    if ((*this)[arguments].kind != PickleKind::Tuple) fail(QStringLiteral("calls without a tuple of values"));
    switch (m_known((*this)[what].text).value_or(PickleGlobal::Value)) {
      case PickleGlobal::Dict:
        return pushContainer(PickleKind::Dict, givenPairs((*this)[arguments].items));
      case PickleGlobal::List:
        return pushContainer(PickleKind::List, givenItems((*this)[arguments].items));
      case PickleGlobal::Value:
        break;
    }
    return pushNew({.kind = PickleKind::Call, .items = {what, arguments}});
  }

  [[nodiscard]] std::vector<PickleIndex> givenItems(const std::vector<PickleIndex> &arguments) const {
    if (arguments.empty()) return {};
    const PickleNode &given = (*this)[arguments.back()];
    return given.kind == PickleKind::List || given.kind == PickleKind::Tuple ? given.items : std::vector<PickleIndex>();
  }

  // Of dict(), dict({…}) and dict([(key, value), …]).
  [[nodiscard]] std::vector<PickleIndex> givenPairs(const std::vector<PickleIndex> &arguments) const {
    if (!arguments.empty() && (*this)[arguments.back()].kind == PickleKind::Dict)
      return (*this)[arguments.back()].items;
    std::vector<PickleIndex> items;
    for (const PickleIndex pair : givenItems(arguments)) {
      const PickleNode &node = (*this)[pair];
      const bool sound = (node.kind == PickleKind::List || node.kind == PickleKind::Tuple) && node.items.size() == 2;
      if (!sound) fail(QStringLiteral("a dictionary is made of what are no pairs"));
      items.insert(items.end(), node.items.begin(), node.items.end());
    }
    return items;
  }

  const KnownGlobals &m_known;
  std::int64_t m_most;
};

}  // namespace

QString pickleByte(const QString &place, qint64 at) { return QStringLiteral("%1, byte %2").arg(place).arg(at); }

Pickle readPickle(const QByteArray &file, qint64 begin, const KnownGlobals &known, const QString &place,
                  const PickleLimits &limits) {
  return Machine(file, begin, known, place, limits).run();
}

}  // namespace pimento
