// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_data.h"

#include <QCryptographicHash>
#include <algorithm>

#include "core/base/error.h"
#include "core/data/cached_pictures.h"

namespace pimento {

int classesOf(const NetworkSpec &network, const Variant &variant) {
  return static_cast<int>(outputShapes(network, variant)[variant.output].elements());
}

Dataset openData(const Job &job, const QString &place) {
  // Of a run that was begun before a crop beyond it was refused: it was resized to the crop.
  const int resize = job.dataResize > 0 ? std::max(job.dataResize, job.dataCrop) : 0;
  Dataset data = openDataset(job.data, cachedPictures(job.dataCrop, resize));
  std::vector<Variant> all = job.variants;
  if (const auto teacher = teachingVariant(job)) all.push_back(*teacher);
  for (const Variant &variant : all) {
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

QString hashOf(const Dataset &data) {
  QCryptographicHash hash(QCryptographicHash::Blake2b_160);
  for (const Images *images : {&data.train, &data.test}) {
    const Shape &shape = images->shape;
    hash.addData(QByteArray::number(quint64(images->size())));
    for (const int side : {shape.channels, shape.height, shape.width}) hash.addData(' ' + QByteArray::number(side));
    hash.addData(QByteArray::fromRawData(reinterpret_cast<const char *>(images->labels.data()),
                                         static_cast<qsizetype>(images->labels.size() * sizeof(std::uint16_t))));
    hash.addData(QByteArray::fromRawData(reinterpret_cast<const char *>(images->pixels.data()),
                                         static_cast<qsizetype>(images->pixels.size())));
  }
  return QString::fromLatin1(hash.result().toHex());
}

void requireSameImages(const Job &job, const QString &hash, const QString &place, const QString &remedy) {
  constexpr qsizetype Shown = 12;
  if (job.dataHash.isEmpty() || job.dataHash == hash) return;
  throw Error(place,
              QStringLiteral("its images in %1 are not those that it was begun with (hash %2 then, %3 now)")
                  .arg(quoted(job.data), job.dataHash.left(Shown), hash.left(Shown)),
              remedy);
}

InputRecipe inputOf(const Job &job, const Dataset &data) {
  InputRecipe input{job.network.input, job.recipe.scale, job.recipe.crop, job.recipe.flip, pixelStatistics(data.train)};
  validate(input, data.train, data.title);
  return input;
}

}  // namespace pimento
