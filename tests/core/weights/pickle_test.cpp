// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/pickle.h"

#include <gtest/gtest.h>

#include <QByteArrayList>

#include "core/base/error.h"
#include "tests/core/weights/pickles.h"

using namespace pimento;
using namespace pimento::test;

namespace {

const QString Place = QStringLiteral("p.pkl");

std::optional<PickleGlobal> known(const QByteArray &name) {
  if (name == "collections.OrderedDict") return PickleGlobal::Dict;
  if (name == "builtins.set") return PickleGlobal::List;
  if (name == "numbers.thing") return PickleGlobal::Value;
  return std::nullopt;
}

Pickle read(const QByteArray &file, const PickleLimits &limits = {}) {
  return readPickle(file, 0, known, Place, limits);
}

std::string errorOf(const QByteArray &file, const PickleLimits &limits = {}) {
  try {
    static_cast<void>(read(file, limits));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectRefused(const QByteArray &file, const std::string &said, const PickleLimits &limits = {}) {
  const std::string error = errorOf(file, limits);
  EXPECT_EQ(error.find("p.pkl, byte "), 0U) << error;
  EXPECT_NE(error.find(said), std::string::npos) << error;
}

// What a value is, for one look: "{'a': [1, 2.5, None]}".
QByteArray shown(const Pickle &pickle, PickleIndex index) {
  const PickleNode &node = pickle[index];
  QByteArrayList parts;
  for (const PickleIndex item : node.items) parts << shown(pickle, item);
  switch (node.kind) {
    case PickleKind::None:
      return "None";
    case PickleKind::Bool:
      return node.whole != 0 ? "True" : "False";
    case PickleKind::Whole:
      return QByteArray::number(qlonglong(node.whole));
    case PickleKind::Big:
      return "big " + node.text.toHex();
    case PickleKind::Real:
      return QByteArray::number(node.real);
    case PickleKind::Text:
      return '\'' + node.text + '\'';
    case PickleKind::Bytes:
      return "b'" + node.text + '\'';
    case PickleKind::List:
      return '[' + parts.join(", ") + ']';
    case PickleKind::Tuple:
      return '(' + parts.join(", ") + ')';
    case PickleKind::Dict:
      return '{' + parts.join(", ") + '}';
    case PickleKind::Global:
      return node.text;
    case PickleKind::Call:
      return "call " + parts.join(' ');
    case PickleKind::Reference:
      return "reference " + parts.join(' ');
  }
  return {};
}

QByteArray shown(const QByteArray &file) {
  const Pickle pickle = read(file);
  return shown(pickle, pickle.root);
}

}  // namespace

// Bytes as pickle.dumps of Python 3.11 writes them.
TEST(Pickle, readsWhatPythonWrites) {
  // {'a': [1, 2.5, None, True], 'b': (300, -70000)}, protocols 0, 2 and 4
  EXPECT_EQ(shown("(dp0\nVa\np1\n(lp2\nI1\naF2.5\naNaI01\nasVb\np3\n(I300\nI-70000\ntp4\ns."),
            "{'a', [1, 2.5, None, True], 'b', (300, -70000)}");
  EXPECT_EQ(shown(QByteArray::fromHex("80027d71002858010000006171015d7102284b014740040000000000004e8865"
                                      "58010000006271034d2c014a90eefeff867104752e")),
            "{'a', [1, 2.5, None, True], 'b', (300, -70000)}");
  EXPECT_EQ(shown(QByteArray::fromHex("80049528000000000000007d94288c0161945d94284b014740040000000000004e8865"
                                      "8c0162944d2c014a90eefeff8694752e")),
            "{'a', [1, 2.5, None, True], 'b', (300, -70000)}");
}

TEST(Pickle, readsLongNumbers) {
  EXPECT_EQ(shown(QByteArray("\x8a\x00.", 3)), "0");
  EXPECT_EQ(shown(QByteArray("\x8a\x02\x00\x80.", 5)), "-32768");
  EXPECT_EQ(shown(QByteArray("\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01.", 12)), "big 000000000000000001");
  EXPECT_EQ(shown("L123456789012L\n."), "123456789012");
}

TEST(Pickle, callsNothing) {
  EXPECT_EQ(shown(global("numbers", "thing") + tuple({whole(1)}) + "R."), "call numbers.thing (1)");
  EXPECT_EQ(shown(global("collections", "OrderedDict") + ")R" + text("k") + whole(2) + "s."), "{'k', 2}");
  EXPECT_EQ(shown(global("collections", "OrderedDict") + "(]]" + text("k") +
                  "aK\x02"
                  "aatR."),
            "{'k', 2}");
  EXPECT_EQ(shown(global("builtins", "set") + "(]K\x01"
                                              "atR."),
            "[1]");
  EXPECT_EQ(shown(global("collections", "OrderedDict") + ")R}b."), "{}");  // attributes are dropped
  EXPECT_EQ(shown(text("0") + "Q."), "reference '0'");
}

TEST(Pickle, refusesWhatIsNotKnownWithItsByte) {
  expectRefused(Protocol + "K\x01" + global("posix", "system") + ")R.", "byte 4: names \"posix.system\"");
  expectRefused(global("a\x1b[31m", "b") + '.', "names \"a[31m.b\"");  // no escape sequence reaches a terminal
  expectRefused("K\x01K\x02R.", "calls what is no name");
  expectRefused(text("x") + "}b.", "gives a state to a plain value");
  for (const char *code : {"i", "o", "P", "\x82", "\x83", "\x84", "\x92", "\x96", "\x97", "\x98", "?"})
    expectRefused(QByteArray(code) + "x\ny\n.", "is not read");
}

TEST(Pickle, refusesWhatIsDamaged) {
  for (const char *file : {"",
                           ".",
                           "K",
                           "X\x05",
                           "X\xff\xff\xff\xffx.",
                           "t.",
                           "s.",
                           "a.",
                           "0.",
                           "1.",
                           "2.",
                           "h\x01.",
                           "Kx}s.",
                           "K\x01K\x02"
                           "a.",
                           "(K\x01"
                           "d.",
                           "Iabc\n.",
                           "Va",
                           "\x80\x09.",
                           "\x85.",
                           "\x93.",
                           "(K\x01.",
                           "\x8e\xff\xff\xff\xff\xff\xff\xff\xff."})
    EXPECT_NE(errorOf(QByteArray(file)), "no error") << file;
}

TEST(Pickle, hasLimits) {
  expectRefused(QByteArray(2000, '(') + '.', "opens more than 1000 containers");
  PickleLimits few;
  few.nodes = few.stack = few.memo = 10;
  few.opcodes = 50;
  expectRefused(QByteArray(11, ']') + '.', "makes more than 10 values", few);
  expectRefused(']' + QByteArray(11, '2') + '.', "stacks more than 10 values", few);
  expectRefused("N" + QByteArray(51, '\x88').replace('\x88', "20") + '.', "has more than 50 instructions", few);
  QByteArray memo("N");
  for (char i = 0; i < 12; ++i) memo += 'q' + QByteArray(1, i);
  expectRefused(memo + '.', "remembers more than 10 values", few);
  // Each call copies the dictionary before it and doubles nothing in the file.
  QByteArray copies("}q" + QByteArray(1, '\0') + "NNsNNsNNsNNsNNs");
  few = {};
  few.opcodes = 100;
  for (int i = 0; i < 20; ++i) copies += global("collections", "OrderedDict") + "(h" + QByteArray(1, '\0') + "tR";
  expectRefused(copies + '.', "puts more than 100 items", few);
  few = {};
  few.bytes = 4;
  expectRefused("NNNNNN.", "larger than 0 MB", few);
}
