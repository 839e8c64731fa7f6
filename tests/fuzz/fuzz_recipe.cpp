// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a recipe or an Error; a recipe that was read is written and read as the same, and its learning rate is
// finite all the way.
#include <QJsonDocument>
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/jobs/recipe.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("recipe.json");
  Recipe recipe;
  try {
    recipe = readRecipe(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  if (readRecipe(QJsonDocument(toJson(recipe)).toJson(QJsonDocument::Compact), place) != recipe) std::abort();
  for (const std::int64_t step : {0, 1, 500, 999}) {
    const double rate = learningRate(recipe, step, 1000);
    if (!std::isfinite(rate) || rate < 0) std::abort();
  }
  return 0;
}
