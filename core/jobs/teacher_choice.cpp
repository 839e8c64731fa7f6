// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/teacher_choice.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/base/error.h"
#include "core/jobs/variants_file.h"
#include "core/network/widest.h"

namespace pimento {

namespace {

QString absolute(const QString &path) { return QDir::cleanPath(QDir::current().absoluteFilePath(path)); }

// The widest variant that the run's weights hold, unless one is named.
void takeRun(const QString &directory, const QString &named, Job &job) {
  Job run = loadRun(directory);
  run.network.variants = run.variants;
  NetworkSpec mine = job.network;
  mine.variants = run.variants;
  if (run.network != mine)
    throw Error(directory, QStringLiteral("trained %1, which can not teach %2").arg(run.network.name, job.network.name),
                QStringLiteral("name a run of the same network and classes"));
  job.teacherWeights = QDir(directory).filePath(QStringLiteral("weights.safetensors"));
  if (!QFileInfo::exists(job.teacherWeights))
    throw Error(directory, QStringLiteral("holds no weights.safetensors yet"),
                QStringLiteral("name a run that has ended"));
  job.teacher = named.isEmpty() ? widestVariant(mine, run.variants) : findVariant(mine, named);
}

void takeFile(const QString &path, const QString &named, Job &job) {
  if (!QFileInfo::exists(path))
    throw Error(path, QStringLiteral("is not there"),
                QStringLiteral("a teacher is a variant, a file of weights or the directory of a run"));
  if (QFileInfo(path).isDir()) return takeRun(path, named, job);
  job.teacherWeights = path;
  job.teacher = named.isEmpty() ? widestVariant(job.network, job.network.variants) : findVariant(job.network, named);
}

}  // namespace

void chooseTeacher(Job &job, const QString &who) {
  job.teacher.reset();
  job.teacherWeights.clear();
  if (who.isEmpty()) return;
  const bool variant = std::ranges::find(job.network.variants, who, &Variant::name) != job.network.variants.end();
  const bool exists = !variant && QFileInfo::exists(who);
  const qsizetype equals = exists ? -1 : who.indexOf(QLatin1Char('='));  // a path may have one too
  const bool file = exists || equals >= 0 || who.contains(QLatin1Char('/'));
  if (file) return takeFile(absolute(who.mid(equals + 1)), who.left(std::max<qsizetype>(0, equals)), job);
  job.teacher = findVariant(job.network, who);
}

QString teacherWord(const Job &job) {
  if (!job.teacher || job.teacherWeights.isEmpty()) return job.teacher ? job.teacher->name : QString();
  const QDir folder = QFileInfo(job.teacherWeights).dir();
  const bool run = folder.exists(QStringLiteral("job.json"));  // its variants may have names of their own
  return job.teacher->name + QLatin1Char('=') + (run ? folder.path() : job.teacherWeights);
}

}  // namespace pimento
