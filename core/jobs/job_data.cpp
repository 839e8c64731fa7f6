// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_data.h"

#include "core/base/error.h"

namespace pimento {

int classesOf(const NetworkSpec &network, const Variant &variant) {
  return static_cast<int>(outputShapes(network, variant)[variant.output].elements());
}

Dataset openData(const Job &job, const QString &place) {
  FolderOptions options;
  options.crop = job.dataCrop;
  options.resize = job.dataResize;
  options.cache = decodedCache();
  Dataset data = openDataset(job.data, options);
  for (const Variant &variant : job.variants) {
    const int classes = classesOf(job.network, variant);
    if (classes != data.classes.size())
      throw Error(place,
                  QStringLiteral("%1 of the network tells %2 classes apart, %3 has %4")
                      .arg(variant.name)
                      .arg(classes)
                      .arg(data.title)
                      .arg(data.classes.size()),
                  QStringLiteral("make the network with that number of classes, or name another data set"));
  }
  return data;
}

InputRecipe inputOf(const Job &job, const Dataset &data) {
  InputRecipe input{job.network.input, job.recipe.scale, job.recipe.crop, job.recipe.flip, pixelStatistics(data.train)};
  validate(input, data.train, data.title);
  return input;
}

}  // namespace pimento
