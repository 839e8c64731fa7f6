// SPDX-License-Identifier: GPL-3.0-or-later
// The worker as users start it on several machines: processes that meet, train, stop, die and go on.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <cmath>
#include <csignal>
#include <memory>

#include "core/files/safetensors.h"
#include "core/files/whole_file.h"
#include "core/jobs/job.h"
#include "core/learn/ranks/own_address.h"
#include "tests/learn/tiny.h"

namespace pimento {

namespace {

constexpr int Wait_ms = 60'000;

Job tinyJob(int epochs) {
  Job job;
  job.network = test::tinyNetwork(10);
  job.variants = job.network.variants;
  job.recipe.name = job.recipe.title = job.recipe.source = QStringLiteral("tiny");
  job.recipe.method = Method::SlimmableDistillation;
  job.recipe.batch = 33;  // 16 and 17 images for two ranks
  job.recipe.learning_rate = 0.02;
  job.recipe.epochs = epochs;
  job.recipe.teacher_epochs = 1;
  job.recipe.scale = true;
  job.recipe.validation = 40;
  job.binding = methodBinding(job.recipe.method);
  job.images = 240;
  job.testImages = 50;
  job.threads = 1;
  return job;
}

// A port that was free a moment ago.
int freePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto *any = reinterpret_cast<sockaddr *>(&address);
  const bool bound = bind(fd, any, length) == 0 && getsockname(fd, any, &length) == 0;
  close(fd);
  return bound ? ntohs(address.sin_port) : 0;
}

std::unique_ptr<QProcess> started(const QString &directory, const QStringList &options) {
  auto process = std::make_unique<QProcess>();
  process->start(QFileInfo(QStringLiteral(PIMENTO_LEARN_BINARY)).absoluteFilePath(),
                 QStringList{QStringLiteral("train"), directory} + options);
  EXPECT_TRUE(process->waitForStarted());
  return process;
}

// Two ranks of a job.
class Pair {
 public:
  Pair(const QString &directory, const QString &rendezvous, int timeout_s) {
    for (const char *rank : {"0", "1"})
      m_ranks.push_back(started(
          directory,
          {QStringLiteral("--rank"), QString::fromLatin1(rank), QStringLiteral("--world-size"), QStringLiteral("2"),
           QStringLiteral("--rendezvous"), rendezvous, QStringLiteral("--timeout"), QString::number(timeout_s)}));
  }
  ~Pair() {
    for (const auto &rank : m_ranks)
      if (rank->state() != QProcess::NotRunning) {
        rank->kill();
        rank->waitForFinished();
      }
  }
  Pair(const Pair &) = delete;
  Pair &operator=(const Pair &) = delete;

  QProcess &operator[](std::size_t rank) { return *m_ranks[rank]; }
  int exitCode(std::size_t rank) {
    QProcess &process = *m_ranks[rank];
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(Wait_ms)) return -1;
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
  }
  std::string errors(std::size_t rank) { return m_ranks[rank]->readAllStandardError().toStdString(); }

 private:
  std::vector<std::unique_ptr<QProcess>> m_ranks;
};

QJsonObject nextEvent(QProcess &process, const char *kind) {
  while (process.canReadLine() || process.waitForReadyRead(Wait_ms))
    while (process.canReadLine()) {
      const QJsonObject event = QJsonDocument::fromJson(process.readLine()).object();
      if (event[QStringLiteral("event")].toString() == QLatin1String(kind)) return event;
    }
  ADD_FAILURE() << "no event " << kind << ": " << process.readAllStandardError().toStdString();
  return {};
}

std::vector<float> weightsOf(const QString &directory) {
  const QString file = QDir(directory).filePath(QStringLiteral("weights.safetensors"));
  std::vector<float> all;
  for (const Tensor &tensor : readSafeTensors(readWhole(file, 1 << 24), file).tensors)
    for (const float value : tensorValues<float>(tensor)) all.push_back(value);
  return all;
}

double relative(const std::vector<float> &a, const std::vector<float> &b) {
  double difference = 0, norm = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += std::pow(double(a[i]) - double(b[i]), 2);
    norm += std::pow(double(b[i]), 2);
  }
  return std::sqrt(difference / norm);
}

// Addresses on which this machine listens at a port, as the kernel writes them: "0100007F" is 127.0.0.1.
QStringList listeners(int port) {
  QStringList addresses;
  for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    QFile file(QString::fromLatin1(table));
    if (!file.open(QIODevice::ReadOnly)) continue;
    for (const QByteArray &line : file.readAll().split('\n')) {
      const QList<QByteArray> fields = line.simplified().split(' ');
      constexpr const char *Listening = "0A";
      if (fields.size() < 4 || fields[3] != Listening) continue;
      const QList<QByteArray> local = fields[1].split(':');
      if (local[1].toInt(nullptr, 16) == port) addresses << QString::fromLatin1(local[0]);
    }
  }
  return addresses;
}

QString asTheKernelWrites(const QString &address) {
  in_addr four{};
  EXPECT_EQ(inet_pton(AF_INET, address.toLatin1().constData(), &four), 1) << address.toStdString();
  return QStringLiteral("%1").arg(four.s_addr, 8, 16, QLatin1Char('0')).toUpper();
}

QString meeting(const QTemporaryDir &folder) {
  return QStringLiteral("file://") + folder.filePath(QStringLiteral("meeting"));
}

}  // namespace

TEST(RankProcesses, trainToTheWeightsOfOneProcess) {
  const QTemporaryDir folder;
  const QString alone = folder.filePath(QStringLiteral("alone")), both = folder.filePath(QStringLiteral("both"));
  createJob(alone, tinyJob(2));
  createJob(both, tinyJob(2));
  const auto one = started(alone, {});
  Pair pair(both, QStringLiteral("127.0.0.1:%1").arg(freePort()), 60);
  ASSERT_TRUE(one->waitForFinished(Wait_ms));
  ASSERT_EQ(one->exitCode(), 0) << one->readAllStandardError().toStdString();
  ASSERT_EQ(pair.exitCode(0), 0) << pair.errors(0);
  ASSERT_EQ(pair.exitCode(1), 0) << pair.errors(1);
  EXPECT_TRUE(pair[1].readAllStandardOutput().isEmpty());
  EXPECT_EQ(nextEvent(pair[0], "start")[QStringLiteral("ranks")].toInt(), 2);
  const std::vector<float> expected = weightsOf(alone), weights = weightsOf(both);
  ASSERT_EQ(weights.size(), expected.size());
  EXPECT_LT(relative(weights, expected), 1e-4);
  const QJsonObject result = nextEvent(pair[0], "result");
  EXPECT_EQ(result[QStringLiteral("variants")][0][QStringLiteral("n")].toInt(), 50);
}

TEST(RankProcesses, endWithTheirCheckpointWhenOneIsKilledAndGoOnFromIt) {
  const QTemporaryDir folder;
  const QString job = folder.filePath(QStringLiteral("job"));
  createJob(job, tinyJob(100'000));
  Pair pair(job, meeting(folder), 60);
  nextEvent(pair[0], "checkpoint");
  const int before = nextEvent(pair[0], "epoch")[QStringLiteral("epoch")].toInt();
  nextEvent(pair[0], "checkpoint");
  pair[1].kill();
  EXPECT_EQ(pair.exitCode(0), 2);
  const std::string error = pair.errors(0);
  EXPECT_NE(error.find("rank 1 was lost at step "), std::string::npos) << error;
  EXPECT_NE(error.find("the last checkpoint is " + job.toStdString()), std::string::npos) << error;

  Pair again(job, meeting(folder), 60);
  EXPECT_GT(nextEvent(again[0], "epoch")[QStringLiteral("epoch")].toInt(), before);
  again[0].write("stop\n");
  EXPECT_EQ(again.exitCode(0), 0) << again.errors(0);
  EXPECT_EQ(again.exitCode(1), 0) << again.errors(1);
  EXPECT_TRUE(nextEvent(again[0], "result")[QStringLiteral("stopped")].toBool());
}

TEST(RankProcesses, listenOnTheAddressThatTheyMeetAtAlone) {
  const QString own = learn::ownAddress({});
  // A whole number is a name for an address: as a machine's own name does on Debian, it stands for the loopback.
  for (const auto &[host, address] : {std::pair{QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.1")},
                                      std::pair{QString::number(INADDR_LOOPBACK), own}}) {
    const QTemporaryDir folder;
    const QString job = folder.filePath(QStringLiteral("job"));
    createJob(job, tinyJob(100'000));
    const int port = freePort();
    Pair pair(job, QStringLiteral("%1:%2").arg(host).arg(port), 60);
    nextEvent(pair[0], "start");
    EXPECT_EQ(listeners(port), QStringList{asTheKernelWrites(address)}) << host.toStdString();
    ::kill(static_cast<pid_t>(pair[1].processId()), SIGTERM);  // one is enough: all pause together
    nextEvent(pair[0], "paused");
    EXPECT_EQ(pair.exitCode(0), 3);
    EXPECT_EQ(pair.exitCode(1), 3);
  }
}

TEST(RankProcesses, doNotWaitForeverForOneThatIsSilent) {
  const QTemporaryDir folder;
  const QString job = folder.filePath(QStringLiteral("job"));
  createJob(job, tinyJob(100'000));
  Pair pair(job, meeting(folder), 5);
  nextEvent(pair[0], "progress");
  ::kill(static_cast<pid_t>(pair[1].processId()), SIGSTOP);
  EXPECT_EQ(pair.exitCode(0), 2);
  const std::string error = pair.errors(0);
  EXPECT_NE(error.find("rank 1 was lost at step "), std::string::npos) << error;
}

TEST(RankProcesses, refuseAHalfGivenRank) {
  const QTemporaryDir folder;
  const QString job = folder.filePath(QStringLiteral("job"));
  createJob(job, tinyJob(1));
  const auto process = started(job, {QStringLiteral("--rank"), QStringLiteral("1")});
  ASSERT_TRUE(process->waitForFinished(Wait_ms));
  EXPECT_EQ(process->exitCode(), 2);
  const QByteArray error = process->readAllStandardError();
  EXPECT_TRUE(error.startsWith("--rank: is given without the number of ranks; give --world-size"))
      << error.toStdString();
  EXPECT_EQ(error.count('\n'), 1);
}

}  // namespace pimento
