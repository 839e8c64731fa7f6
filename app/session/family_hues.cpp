// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/family_hues.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "app/session/labels.h"
#include "widgets/figures/marker.h"

namespace pimento {

namespace {

// Those that the program has, and others that are common, in the order of their hues. Only ever added to at the end: a
// place is a colour that people know a network by.
constexpr const char *Known[] = {"vgg16", "mobilenetv1", "resnet20",    "resnet18", "resnet50",
                                 "lenet", "alexnet",     "mobilenetv2", "resnet34", "resnet101"};

std::optional<std::uint8_t> knownHue(const QString &family) {
  const auto *found =
      std::find_if(std::begin(Known), std::end(Known), [&](const char *name) { return family == QLatin1String(name); });
  return found == std::end(Known) ? std::nullopt : std::optional(static_cast<std::uint8_t>(found - std::begin(Known)));
}

// Where an unknown family begins to look for a place: FNV-1a, the same on every machine.
std::size_t placeOf(const QString &family) {
  std::uint32_t hash = 2166136261U;
  for (const char byte : family.toUtf8()) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
  return hash;
}

// Unknown families have the places after the known ones.
std::uint8_t freeHue(const QString &family, const std::vector<bool> &taken) {
  constexpr std::size_t first = std::size(Known);
  constexpr std::size_t places = FamilyLooks - first;
  const std::size_t start = placeOf(family) % places;
  for (std::size_t step = 0; step < places; ++step)
    if (const std::size_t hue = first + (start + step) % places; !taken[hue]) return static_cast<std::uint8_t>(hue);
  return static_cast<std::uint8_t>(first + start);
}

}  // namespace

QString familyOf(const QString &network) {
  const QString title = networkTitle(network);
  return title.section(QLatin1Char(' '), 0, 0).section(QLatin1Char('-'), 0, 0);
}

FamilyHues::FamilyHues(const DesignTable &table) {
  std::vector<bool> used(static_cast<std::size_t>(table.names().size()), false);
  for (const DesignKey &key : table.keys()) used[key.network] = true;
  std::map<QString, std::vector<NameId>> families;  // by name without case: one network, however it is written
  for (NameId id = 0; id < used.size(); ++id)
    if (used[id]) families[familyOf(table.name(id)).toLower()].push_back(id);
  std::vector<bool> taken(FamilyLooks, false);
  for (const auto &[family, networks] : families) {
    const std::uint8_t hue = knownHue(family).value_or(freeHue(family, taken));
    taken[hue] = true;
    while (m_names.size() <= hue) m_names << QString();
    if (m_names[hue].isEmpty()) m_names[hue] = familyOf(table.name(networks.front()));
    for (const NameId network : networks) m_hues.insert(network, hue);
  }
}

}  // namespace pimento
