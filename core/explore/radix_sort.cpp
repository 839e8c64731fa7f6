// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/radix_sort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace pimento {

namespace {

constexpr int DigitBits = 11;
constexpr int Digits = (64 + DigitBits - 1) / DigitBits;
constexpr std::size_t Buckets = 1U << DigitBits;
constexpr std::size_t SmallSize = 512;  // below it a comparison sort is faster than clearing the counters

// Three passes over the highest digits tell nearly all keys apart; the rest is done within runs of equal ones.
constexpr std::size_t HighDigits = 3;

bool byKey(const SortItem &a, const SortItem &b) { return a.key < b.key; }

std::size_t digit(std::uint64_t key, int pass) { return (key >> (pass * DigitBits)) & (Buckets - 1); }

using Counters = std::array<std::array<std::uint32_t, Buckets>, Digits>;

void countDigits(std::span<const SortItem> items, Counters &counts) {
  for (const SortItem &item : items)
    for (int pass = 0; pass < Digits; ++pass) ++counts[static_cast<std::size_t>(pass)][digit(item.key, pass)];
}

// Stable by one digit; `count` is used up.
void scatter(std::vector<SortItem> &items, std::vector<SortItem> &other, std::array<std::uint32_t, Buckets> &count,
             int pass) {
  std::uint32_t begin = 0;
  for (std::uint32_t &c : count) begin += std::exchange(c, begin);
  for (const SortItem &item : items) other[count[digit(item.key, pass)]++] = item;
  items.swap(other);
}

// Items are in order of their keys above `lowBits`; brings those that are alike there into order.
void sortRuns(std::vector<SortItem> &items, int lowBits) {
  for (auto begin = items.begin(); begin != items.end();) {
    auto end = std::next(begin);
    while (end != items.end() && end->key >> lowBits == begin->key >> lowBits) ++end;
    if (end - begin > 1) std::stable_sort(begin, end, byKey);
    begin = end;
  }
}

}  // namespace

std::uint64_t orderedBits(double value) {
  constexpr std::uint64_t sign = 1ULL << 63;
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 + 0 is 0
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

void radixSort(std::vector<SortItem> &items) {
  if (items.size() < SmallSize) {
    std::stable_sort(items.begin(), items.end(), byKey);
    return;
  }
  std::vector<Counters> storage(1);  // 98 kB: not for the stack
  Counters &counts = storage.front();
  countDigits(items, counts);
  std::vector<int> varying;  // digits in which the keys differ, the highest last
  for (int pass = 0; pass < Digits; ++pass)
    if (counts[static_cast<std::size_t>(pass)][digit(items.front().key, pass)] != items.size()) varying.push_back(pass);
  const std::size_t skipped = varying.size() > HighDigits ? varying.size() - HighDigits : 0;
  std::vector<SortItem> other(items.size());
  for (std::size_t i = skipped; i < varying.size(); ++i)
    scatter(items, other, counts[static_cast<std::size_t>(varying[i])], varying[i]);
  if (skipped > 0) sortRuns(items, varying[skipped] * DigitBits);
}

}  // namespace pimento
