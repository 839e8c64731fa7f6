// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QtEndian>
#include <unordered_map>

#include "core/weights/pickle.h"

namespace pimento {

// What reading a pickle has come to: a place in the file, the values made so far, the stack and the memory. Everything
// here counts against the limits and throws Error naming the byte of the instruction at hand.
class PickleState {
 public:
  PickleState(const QByteArray &file, qint64 begin, const QString &place, const PickleLimits &limits);

  [[noreturn]] void fail(const QString &problem) const;
  [[noreturn]] void fail(const QString &problem, const QString &remedy) const;

  // Read the next bytes of the file, and go on behind them; fail() where it ends before.
  char beginInstruction();
  const char *take(quint64 count);
  [[nodiscard]] QByteArray bytes(quint64 count);
  [[nodiscard]] QByteArray line();
  [[nodiscard]] std::uint32_t lineNumber();
  template <class T>
  [[nodiscard]] T little() {
    return qFromLittleEndian<T>(take(sizeof(T)));
  }

  // Values. What pushes returns true, so that an instruction is one expression.
  bool push(PickleIndex index);
  bool pushNew(PickleNode node);
  bool pushWhole(std::int64_t value);
  bool pushText(PickleKind kind, QByteArray text);
  bool pushContainer(PickleKind kind, std::vector<PickleIndex> items);
  bool addItems(PickleKind kind, const std::vector<PickleIndex> &items);  // to the container on top
  [[nodiscard]] const PickleNode &operator[](PickleIndex index) const { return m_pickle.nodes[index]; }

  // The stack, down to the innermost mark.
  PickleIndex pop();
  [[nodiscard]] PickleIndex top();
  bool mark();
  [[nodiscard]] std::vector<PickleIndex> popMark();
  void drop();  // a value, or the mark that is on top

  bool remember(std::uint32_t key);
  bool rememberNext() { return remember(static_cast<std::uint32_t>(m_memo.size())); }
  bool recall(std::uint32_t key);

  [[nodiscard]] Pickle end();  // with what is on top

 private:
  [[nodiscard]] std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }
  void requirePairs(const std::vector<PickleIndex> &items) const;
  void countItems(std::size_t more);

  const QByteArray &m_file;
  qint64 m_end;
  qint64 m_at;
  qint64 m_instruction;  // byte
  QString m_place;
  PickleLimits m_limits;
  Pickle m_pickle;
  std::vector<PickleIndex> m_stack;
  std::vector<std::size_t> m_marks;
  std::int64_t m_items = 0;
  std::unordered_map<std::uint32_t, PickleIndex> m_memo;
};

}  // namespace pimento
