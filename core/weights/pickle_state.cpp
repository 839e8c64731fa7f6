// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/pickle_state.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace pimento {

PickleState::PickleState(const QByteArray &file, qint64 begin, const QString &place, const PickleLimits &limits)
    : m_file(file),
      m_end(std::min<qint64>(file.size(), begin + limits.bytes)),
      m_at(begin),
      m_instruction(begin),
      m_place(place),
      m_limits(limits) {}

void PickleState::fail(const QString &problem) const {
  fail(problem, QStringLiteral("the file is damaged or no pickle"));
}

void PickleState::fail(const QString &problem, const QString &remedy) const {
  throw Error(pickleByte(m_place, m_instruction), problem, remedy);
}

char PickleState::beginInstruction() {
  m_instruction = m_at;
  return take(1)[0];
}

const char *PickleState::take(quint64 count) {
  if (count > static_cast<quint64>(m_end - m_at)) {
    const bool whole = m_end == m_file.size();
    fail(whole ? QStringLiteral("the pickle is cut off")
               : QStringLiteral("the pickle is larger than %1 MB").arg(m_limits.bytes >> 20));
  }
  const char *from = m_file.constData() + m_at;
  m_at += static_cast<qint64>(count);
  return from;
}

QByteArray PickleState::bytes(quint64 count) {
  const char *from = take(count);
  return {from, static_cast<qsizetype>(count)};
}

QByteArray PickleState::line() {
  constexpr qint64 Most = 1 << 16;
  const qint64 end = QByteArrayView(m_file).sliced(m_at, std::min(Most, m_end - m_at)).indexOf('\n');
  if (end < 0) fail(QStringLiteral("has a line without an end"));
  const QByteArray text = m_file.mid(m_at, end);
  m_at += end + 1;
  return text;
}

std::uint32_t PickleState::lineNumber() {
  bool sound = false;
  const std::uint32_t number = line().toUInt(&sound);
  if (!sound) fail(QStringLiteral("has a number that is none"));
  return number;
}

bool PickleState::push(PickleIndex index) {
  if (m_stack.size() >= m_limits.stack) fail(QStringLiteral("stacks more than %1 values").arg(m_limits.stack));
  m_stack.push_back(index);
  return true;
}

bool PickleState::pushNew(PickleNode node) {
  if (m_pickle.nodes.size() >= m_limits.nodes) fail(QStringLiteral("makes more than %1 values").arg(m_limits.nodes));
  node.at = m_instruction;
  m_pickle.nodes.push_back(std::move(node));
  return push(static_cast<PickleIndex>(m_pickle.nodes.size() - 1));
}

bool PickleState::pushWhole(std::int64_t value) { return pushNew({.kind = PickleKind::Whole, .whole = value}); }

bool PickleState::pushText(PickleKind kind, QByteArray text) {
  return pushNew({.kind = kind, .text = std::move(text)});
}

bool PickleState::pushContainer(PickleKind kind, std::vector<PickleIndex> items) {
  if (kind == PickleKind::Dict) requirePairs(items);
  countItems(items.size());
  return pushNew({.kind = kind, .items = std::move(items)});
}

bool PickleState::addItems(PickleKind kind, const std::vector<PickleIndex> &items) {
  if (kind == PickleKind::Dict) requirePairs(items);
  countItems(items.size());
  PickleNode &node = m_pickle.nodes[top()];
  if (node.kind != kind)
    fail(QStringLiteral("adds an item to what is no %1")
             .arg(kind == PickleKind::Dict ? QStringLiteral("dictionary") : QStringLiteral("list")));
  node.items.insert(node.items.end(), items.begin(), items.end());
  return true;
}

void PickleState::requirePairs(const std::vector<PickleIndex> &items) const {
  if (items.size() % 2 != 0) fail(QStringLiteral("a dictionary has a key without a value"));
}

// A few bytes of the file can copy a whole container.
void PickleState::countItems(std::size_t more) {
  m_items += static_cast<std::int64_t>(more);
  if (m_items > m_limits.opcodes) fail(QStringLiteral("puts more than %1 items into containers").arg(m_limits.opcodes));
}

PickleIndex PickleState::pop() {
  if (m_stack.size() <= floor()) fail(QStringLiteral("takes a value from an empty stack"));
  const PickleIndex index = m_stack.back();
  m_stack.pop_back();
  return index;
}

PickleIndex PickleState::top() {
  const PickleIndex index = pop();
  m_stack.push_back(index);
  return index;
}

bool PickleState::mark() {
  if (m_marks.size() >= m_limits.marks)
    fail(QStringLiteral("opens more than %1 containers inside each other").arg(m_limits.marks));
  m_marks.push_back(m_stack.size());
  return true;
}

std::vector<PickleIndex> PickleState::popMark() {
  if (m_marks.empty()) fail(QStringLiteral("ends a container that was not begun"));
  const auto from = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
  std::vector<PickleIndex> items(from, m_stack.end());
  m_stack.erase(from, m_stack.end());
  m_marks.pop_back();
  return items;
}

void PickleState::drop() {
  if (m_stack.size() > floor() || m_marks.empty())
    pop();
  else
    m_marks.pop_back();
}

bool PickleState::remember(std::uint32_t key) {
  m_memo[key] = top();
  if (m_memo.size() > m_limits.memo) fail(QStringLiteral("remembers more than %1 values").arg(m_limits.memo));
  return true;
}

bool PickleState::recall(std::uint32_t key) {
  const auto found = m_memo.find(key);
  if (found == m_memo.end()) fail(QStringLiteral("recalls value %1, which was never remembered").arg(key));
  return push(found->second);
}

Pickle PickleState::end() {
  if (!m_marks.empty()) fail(QStringLiteral("ends inside of a container"));
  m_pickle.root = pop();
  m_pickle.end = m_at;
  return std::move(m_pickle);
}

}  // namespace pimento
