// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>

#include "core/network/network_spec.h"

namespace pimento {

// What the headers, names and labels of a data set tell without its pixels. The pixels may still turn out damaged.
struct DatasetFacts {
  QString title;
  std::int64_t trainingImages = 0;
  std::int64_t testImages = 0;
  int classes = 0;
  Shape shape;   // of every image
  QString note;  // what of the files is not read, or was read in another way than its names say; empty if nothing
};

}  // namespace pimento
