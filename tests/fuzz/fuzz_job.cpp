// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a job or an Error; a job that was read is written and read as the same.
#include <cstdlib>

#include "core/base/error.h"
#include "core/jobs/job.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("job.json");
  Job job;
  try {
    job = readJob(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  const QByteArray written = writeJob(job);
  if (writeJob(readJob(written, place)) != written) std::abort();
  return 0;
}
