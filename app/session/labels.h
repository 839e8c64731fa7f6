// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/base/warning_level.h"
#include "core/explore/design_view.h"

namespace pimento {

// Names of things as people read them on screen.
[[nodiscard]] QString networkTitle(const QString &network);    // "deco-vgg16" → "VGG16"
[[nodiscard]] QString variantTitle(const QString &variant);    // "fe+cm2" → "FE+CM2", "0.25" → "0.25x"
[[nodiscard]] QString headTitle(const QString &variant);       // "fe+cm2" → "CM2"; others as variantTitle
[[nodiscard]] QString datasetTitle(const QString &dataset);    // "cifar-100" → "CIFAR-100"
[[nodiscard]] QString platformTitle(const QString &platform);  // "deco-pim" → "DECO PIM"
[[nodiscard]] QString scopeTitle(Scope scope);                 // "Whole inference", "Head only"

// "VGG16 FE+CM2": short enough for a takeaway, a legend or a column header.
[[nodiscard]] QString designName(const DesignTable &table, std::uint32_t row);
[[nodiscard]] QString shortDesignName(const DesignTable &table, std::uint32_t row);  // "VGG16 CM2"

// "CIFAR-100 · joint · DECO PIM · head only": what tells designs of the same title apart.
[[nodiscard]] QString designSetting(const DesignTable &table, std::uint32_t row);

// What still tells them apart under a filter, the most telling first: "DECO PIM".
[[nodiscard]] QString designSetting(const DesignTable &table, std::uint32_t row, const Filter &filter);

[[nodiscard]] QString metricTitle(Metric metric);      // "Energy"
[[nodiscard]] QString metricAxisTitle(Metric metric);  // "Energy (µJ)"
[[nodiscard]] QString metricKey(Metric metric);        // "energy"
[[nodiscard]] QString kindGlyph(Kind kind);            // the marker of charts as a character

// "34.99 µJ", or why there is no value: "n/a - not published". "13.36 ms†" where it is corrected.
[[nodiscard]] QString valueText(const DesignTable &table, std::uint32_t row, Metric metric);

[[nodiscard]] QString levelGlyph(WarningLevel level);    // "ℹ" note, "⚠" caution, "✕" invalid
[[nodiscard]] QString validityGlyph(Validity validity);  // "✕" invalid, "⚠" doubtful, empty if valid

// "✕ invalid: AND2 errors of 0.134 are above 0.01; profile sot-mram"; empty if the design is valid.
[[nodiscard]] QString validityNote(const DesignTable &table, std::uint32_t row);

// "the cap binds" → "The cap binds."
[[nodiscard]] QString asSentence(const QString &text);

// A share of trials that fail: "28 %", "0.024 %", "2e-07".
[[nodiscard]] QString shareText(double share);

// "1 design", "1,234 designs".
[[nodiscard]] QString countText(std::size_t count, const QString &one);

// Four significant digits, grouped: "191,600".
[[nodiscard]] QString roundedCount(double value);

// Difference of two values as people read it: "+1.67 pp" for accuracy, "2.3x" for what has a true zero.
[[nodiscard]] QString differenceText(Metric metric, double value, double base);

}  // namespace pimento
