// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_tree.h"

#include <vector>

#include "core/hardware/array/decoder.h"

namespace pimento {

namespace {

// One level of the tree in one direction.
struct Level {
  double bits = 0;      // of a branch
  double active = 1;    // branches that a word passes
  double branches = 1;  // of the level
  double parallel = 1;  // branches side by side, which take room together
  double length_um = 0;
};

struct Levels {
  std::vector<Level> across;
  std::vector<Level> along;
};

// What a level hands on: half the word to each half that is active, or one address bit less to one of them.
class Routed {
 public:
  explicit Routed(const NvsimConfig &c)
      : m_address(addressBits(int(c.capacity_bytes * 8 / c.word_bits))),
        m_word(c.word_bits),
        m_columns(c.bank.activeColumns),
        m_rows(c.bank.activeRows) {}
  [[nodiscard]] double bits() const { return m_address + m_word; }
  double splitAcross() { return split(m_columns); }
  double splitAlong() { return split(m_rows); }

 private:
  // Branches that stay active of one.
  double split(int &active) {
    if (active <= 1) {
      --m_address;
      return 1;
    }
    m_word /= 2;
    active /= 2;
    return 2;
  }
  double m_address;
  double m_word;
  int m_columns;
  int m_rows;
};

// The order that NVSim routes in: across once, then the longer direction until both have as many levels left, then both
// in turn.
Levels levelsOf(const NvsimConfig &config) {
  const int allAcross = addressBits(config.bank.columns);
  const int allAlong = addressBits(config.bank.rows);
  int across = allAcross;
  int along = allAlong;
  Routed routed(config);
  Levels tree;
  Level last;
  double parallelAcross = 1;
  double parallelAlong = 1;
  const auto add = [&](std::vector<Level> &levels, double active, double branches, double parallel) {
    last = {routed.bits(), active, branches, parallel, 0};
    levels.push_back(last);
  };
  if (across > 0) {
    add(tree.across, 1, 1, 1);
    --across;
  }
  for (; across > along; --across, parallelAlong *= 2) {
    const double active = last.active * routed.splitAcross();
    add(tree.across, active, 2 * last.branches, 1);
  }
  for (; along > across; --along, parallelAcross *= 2) {
    const double active = last.active * routed.splitAlong();
    add(tree.along, active, 2 * last.branches, 1);
  }
  for (; across > 0; --across, --along, parallelAcross *= 2, parallelAlong *= 2) {
    double active = last.active * routed.splitAcross();
    add(tree.across, active, 2 * last.branches, parallelAcross);
    active = last.active * routed.splitAlong();
    add(tree.along, active, 2 * last.branches, (allAcross == 2 ? 1 : 2) * parallelAlong);
  }
  return tree;
}

// From the mats outwards: each level is twice as long as the one below, and longer by half the room of the level that
// crosses it.
void measure(Levels &tree, const NvsimLongWire &wire, const NvsimBox &mat) {
  auto h = static_cast<std::ptrdiff_t>(tree.across.size()) - 1;
  auto v = static_cast<std::ptrdiff_t>(tree.along.size()) - 1;
  const auto lastAcross = h;
  const auto lastAlong = v;
  const auto at = [](std::vector<Level> &levels, std::ptrdiff_t i) -> Level & { return levels[std::size_t(i)]; };
  const auto along_um = [&] { return v == lastAlong ? mat.height_um / 2 : 2 * at(tree.along, v + 1).length_um; };
  const auto across_um = [&] { return h == lastAcross ? mat.width_um : 2 * at(tree.across, h + 1).length_um; };
  for (; v > h; --v) at(tree.along, v).length_um = along_um();
  for (; v >= 0; --v, --h) {
    at(tree.along, v).length_um = along_um();
    if (v < lastAlong && h < lastAcross) at(tree.along, v).length_um += wire.room_um(at(tree.across, h + 1).bits) / 2;
    at(tree.across, h).length_um = across_um();
    for (auto i = v; i <= (h == lastAcross ? lastAlong : v); ++i)
      at(tree.across, h).length_um += wire.room_um(at(tree.along, i).bits) / 2;
  }
  for (; h >= 0; --h) at(tree.across, h).length_um = across_um();
}

}  // namespace

NvsimTree nvsimTree(const NvsimLongWire &wire, const NvsimBox &mat, const NvsimConfig &config) {
  Levels levels = levelsOf(config);
  measure(levels, wire, mat);
  NvsimTree tree;
  tree.width_um = mat.width_um * config.bank.columns;
  tree.height_um = mat.height_um * config.bank.rows;
  for (const Level &level : levels.across) tree.height_um += wire.room_um(level.bits * level.parallel);
  for (const Level &level : levels.along) tree.width_um += wire.room_um(level.bits * level.parallel);
  for (const std::vector<Level> *direction : {&levels.across, &levels.along})
    for (const Level &level : *direction) {
      tree.delay_ns += wire.delay_ns(level.length_um);
      tree.energy_pj += wire.energy_pj(level.length_um) * level.active * level.bits;
      tree.leakage_w += wire.leakage_w(level.length_um) * level.branches * level.bits;
      tree.path_um += level.length_um;
    }
  return tree;
}

}  // namespace pimento
