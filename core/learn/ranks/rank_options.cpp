// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/rank_options.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/jobs/job.h"

namespace pimento::learn {

namespace {

constexpr int MaxRanks = 4096;
constexpr int MaxTimeout_s = 24 * 3600;

// A value and where it was given, for messages.
struct Given {
  QString text;
  QString place;
};

int number(const Given &given, int least, int most) {
  bool ok = false;
  const int value = given.text.toInt(&ok);
  if (!ok || value < least || value > most)
    throw Error(given.place, quoted(given.text),
                QStringLiteral("give a whole number from %1 to %2").arg(least).arg(most));
  return value;
}

std::optional<Given> read(const CommandWords &words, const char *name) {
  if (!words.has(name)) return std::nullopt;
  return Given{words.value(name), QStringLiteral("--") + QString::fromLatin1(name)};
}

std::optional<Given> read(const QProcessEnvironment &environment, const char *name) {
  const QString key = QString::fromLatin1(name);
  if (!environment.contains(key)) return std::nullopt;
  return Given{environment.value(key), key};
}

// What starters of parallel programs tell a process.
struct Starter {
  const char *rank;
  const char *size;
  const char *local;  // ranks on this machine
};
// mpirun may itself run as a Slurm step, so Slurm comes last.
constexpr Starter Starters[] = {{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE"},
                                {"PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS"},
                                {"SLURM_PROCID", "SLURM_NTASKS", nullptr}};

// A port of the dynamic range that is the same for all tasks of a step and unlikely to be that of another.
int portOf(const QProcessEnvironment &environment) {
  constexpr int First = 20000, Count = 10000;
  const auto job = environment.value(QStringLiteral("SLURM_JOB_ID")).toLongLong();
  const auto step = environment.value(QStringLiteral("SLURM_STEP_ID")).toLongLong();
  return First + static_cast<int>((std::max<qint64>(job, 0) * 7 + std::max<qint64>(step, 0)) % Count);
}

void readEnvironment(const QProcessEnvironment &environment, std::optional<Given> &rank, std::optional<Given> &size,
                     std::optional<Given> &meeting, RankOptions &options) {
  const bool slurmStep = environment.contains(QStringLiteral("SLURM_STEP_NODELIST"));
  for (const Starter &starter : Starters) {
    const bool slurm = starter.local == nullptr;
    const auto r = read(environment, starter.rank);
    const auto n = read(environment, starter.size);
    // A batch script has SLURM_PROCID too, but only srun starts a process a task.
    if ((!r && !n) || (slurm && !slurmStep)) continue;
    if (!rank) rank = r;
    if (!size) size = n;
    if (!slurm && environment.contains(QString::fromLatin1(starter.local)))
      options.onThisMachine = number(*read(environment, starter.local), 1, MaxRanks);
    break;
  }
  if (!meeting && slurmStep)
    meeting = Given{QStringLiteral("%1:%2")
                        .arg(firstHost(environment.value(QStringLiteral("SLURM_STEP_NODELIST"))))
                        .arg(portOf(environment)),
                    QStringLiteral("SLURM_STEP_NODELIST")};
  const auto threads = read(environment, "SLURM_CPUS_PER_TASK");
  if (options.threads == 0 && slurmStep && threads) options.threads = number(*threads, 1, MaxThreads);
  options.networkInterface = environment.value(QStringLiteral("GLOO_SOCKET_IFNAME"));
}

}  // namespace

QString Rendezvous::text() const {
  return host.isEmpty() ? QStringLiteral("file://") + file : QStringLiteral("%1:%2").arg(host).arg(port);
}

Rendezvous rendezvousOf(const QString &text, const QString &place) {
  const QString scheme = QStringLiteral("file://");
  if (text.startsWith(scheme) && text.mid(scheme.size()).startsWith(QLatin1Char('/')))
    return {{}, 0, text.mid(scheme.size())};
  const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
  QString host = text.left(std::max<qsizetype>(colon, 0));
  if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'))) host = host.mid(1).chopped(1);
  bool ok = false;
  const int port = text.mid(colon + 1).toInt(&ok);
  if (host.isEmpty() || text.contains(QStringLiteral("//")) || !ok || port < 1 || port > 65535)
    throw Error(place, quoted(text),
                QStringLiteral("give HOST:PORT of the machine of rank 0, or file:///PATH of a new file that all see"));
  return {host, port, {}};
}

QString firstHost(const QString &hosts) {
  QString host;
  bool inside = false;  // of brackets
  bool skip = false;    // what follows the first number of a range
  for (const QChar c : hosts) {
    if (c == QLatin1Char('[')) {
      inside = true;
    } else if (c == QLatin1Char(']')) {
      inside = skip = false;
    } else if (inside) {
      skip = skip || !c.isDigit();
      if (!skip) host += c;
    } else if (c == QLatin1Char(',')) {
      break;
    } else {
      host += c;
    }
  }
  return host;
}

RankOptions rankOptionsOf(const CommandWords &words, const QProcessEnvironment &environment) {
  RankOptions options;
  std::optional<Given> rank = read(words, "rank");
  std::optional<Given> size = read(words, "world-size");
  std::optional<Given> meeting = read(words, "rendezvous");
  options.timeout_s = words.whole("timeout", options.timeout_s, 1, MaxTimeout_s);
  options.threads = words.whole("threads", 0, 1, MaxThreads);
  const bool alone = size && size->text == QStringLiteral("1");
  if (!alone) readEnvironment(environment, rank, size, meeting, options);
  if (rank && !size)
    throw Error(rank->place, QStringLiteral("is given without the number of ranks"),
                QStringLiteral("give --world-size N too"));
  if (!size) {
    if (meeting && meeting->place.startsWith(QStringLiteral("--")))
      throw Error(meeting->place, QStringLiteral("is given without --rank and --world-size"),
                  QStringLiteral("give all three, or start with srun or mpirun"));
    return options;
  }
  options.size = number(*size, 1, MaxRanks);
  if (!rank && options.size > 1)
    throw Error(size->place, QStringLiteral("is given without the rank of this process"),
                QStringLiteral("give --rank R, 0 to %1, another to each process").arg(options.size - 1));
  if (rank) options.rank = number(*rank, 0, options.size - 1);
  if (options.size == 1) return options;
  if (!meeting)
    throw Error(QStringLiteral("--rendezvous"), QStringLiteral("is missing: the ranks have to find each other"),
                QStringLiteral("give all the same HOST:PORT of the machine of rank 0, or file:///PATH of a new file"));
  options.rendezvous = rendezvousOf(meeting->text, meeting->place);
  return options;
}

QStringList rankOptionNames() {
  return {QStringLiteral("rank"), QStringLiteral("world-size"), QStringLiteral("rendezvous"), QStringLiteral("timeout"),
          QStringLiteral("threads")};
}

int threadsOf(const RankOptions &options, int job, int cores) {
  if (options.threads > 0) return options.threads;
  return job > 0 ? job : std::max(1, cores / std::max(1, options.onThisMachine));
}

int coresHere() { return static_cast<int>(workerThreads()); }

int bearableThreads(int threads, int cores, const QString &place) {
  constexpr int PerCore = 4;  // more only wait for each other
  constexpr int Least = 16;   // of which any machine bears so many
  const int most = std::max(Least, PerCore * cores);
  if (threads <= 0) return std::max(1, cores);
  if (threads <= most) return threads;
  throw Error(place, QStringLiteral("%1 threads are too many for the %2 cores of this machine").arg(threads).arg(cores),
              QStringLiteral("give --threads 1 to %1").arg(most));
}

}  // namespace pimento::learn
