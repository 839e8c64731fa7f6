// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/device/write_model.h"

#include <array>

namespace pimento {

std::span<const WriteModel> writeModels() {
  static constexpr std::array<WriteModel, 2> Table{WriteModel::Sot, WriteModel::Fixed};
  return Table;
}

}  // namespace pimento
