// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// What a wide variant costs over a narrow one, by one way of laying the narrow one out. Nothing is fitted.
struct MappingRatio {
  const char *id;    // "unpacked", "layout", "gated", "packed", "regions"
  const char *what;  // for people: "one patch a row"
  PerComponent wide_pj{};
  PerComponent narrow_pj{};
  double work = 0;  // ratio of row operations of layers with weights; "gated": of the columns that they switch on

  [[nodiscard]] double ratio() const { return sum(wide_pj) / sum(narrow_pj); }  // of energies
};

// The options: one patch a row ("unpacked"); rows packed in the layout of the widest ("layout"); one patch a row with
// idle columns gated ("gated"); rows packed for each width ("packed"); one patch a row with write-back, the paper's
// four regions alone ("regions"). Other parameters as in `base`, whose dataflow is set to patch.
[[nodiscard]] std::vector<MappingRatio> mappingRatios(const NetworkSpec &network, const Variant &wide,
                                                      const Variant &narrow, const Accelerator &base, Bits bits);

// Cost that does not depend on width, over the cost of the wide variant, which added to both would turn `ratio` into
// `stated` (> 1): (1 + c) / (1 / ratio + c) = stated. Negative where the model's ratio is below the stated one.
[[nodiscard]] constexpr double independentShare(double ratio, double stated) {
  return (1 - stated / ratio) / (stated - 1);
}

}  // namespace pimento
