// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento::test {

// lenet5.json, images for it in data, and recipe.json: two updates, with a checkpoint after each.
void writeLenet(const QString &folder);

// The words of pimento that train it into a run, from that folder.
[[nodiscard]] QStringList lenetTraining(const QString &run);

}  // namespace pimento::test
