// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/worker/commands.h"

#include <algorithm>

#include "core/base/error.h"

namespace pimento::learn {

const std::vector<WorkerCommand> &commands() {
  static const std::vector<WorkerCommand> table{
      {"train",
       "DIRECTORY [--threads N] [--stop] [--stay] [--other-images] [--rank R --world-size N --rendezvous WHERE "
       "[--timeout S]]",
       "Trains the job of DIRECTORY/job.json, from its checkpoint if there is one. Prints events as\n"
       "JSON lines and appends them to DIRECTORY/events.jsonl. --stop trains no further: it ends the run\n"
       "with the best so far. --stay goes on when nobody reads what it prints any more; else it pauses then. "
       "--other-images\n"
       "goes on although the images are not those that it was begun with.\n"
       "As one of N processes (ranks, 0 to N - 1) it computes its part of each batch; all of them see\n"
       "DIRECTORY, rank 0 writes there and prints. WHERE: HOST:PORT of the machine of rank 0, or\n"
       "file:///PATH of a new file that all see. Without these options rank and number are read from\n"
       "mpirun's environment, and all three from that of a Slurm step (srun). A rank that is silent\n"
       "for S seconds (60) is lost and ends the run; to start and to read the data it has ten times as\n"
       "long. GLOO_SOCKET_IFNAME names the network interface to use.",
       trainCommand},
      {"infer", "DIRECTORY",
       "Answers questions about pictures with the trained network of DIRECTORY, all variants together, until\n"
       "its input ends. A question is a line of JSON: {\"image\": 12} of the test set, {\"file\": \"shoe.png\"},\n"
       "{\"find\": \"divided\", \"image\": 12} (the next image that they answer differently) or \"wrong\".",
       inferCommand, Input::Command},
      {"evaluate",
       "--network N[:VARIANT] --weights FILE [--data D] [--crop N] [--resize N] [--scale] [--mean M,…]\n"
       "    [--std S,…] [--images N] [--threads N] [--partial] [--shortcut-padding auto|end|middle]\n"
       "    [--recalibrate-norms N] [--ignore PATTERN,…]",
       "Prints the accuracy of each variant with the weights of a file (safetensors, .pth) as a JSON line.",
       evaluateCommand},
      {"quantise",
       "DIRECTORY | --network N[:VARIANT] --weights FILE --output FILE [options of evaluate]\n"
       "    [--bits W:A] [--method post-training|quantisation-aware] [--variants V,…] [--calibration N]\n"
       "    [--epochs N] [--train-images N] [--learning-rate R] [--images N] [--threads N] [--output FILE]",
       "Makes integers of a trained network and prints the accuracy of each variant as a JSON line.", quantiseCommand},
  };
  return table;
}

const WorkerCommand &findCommand(const QStringList &words) {
  QStringList known;
  for (const WorkerCommand &command : commands()) known << QString::fromLatin1(command.name);
  const qsizetype index = known.indexOf(words.value(0));
  if (index < 0)
    throw Error(
        QStringLiteral("pimento-learn"),
        words.isEmpty() ? QStringLiteral("names no command") : QStringLiteral("%1 is no command").arg(quoted(words[0])),
        knownWords(words.value(0), known));
  return commands()[static_cast<std::size_t>(index)];
}

QString usage() {
  QString text;
  for (const WorkerCommand &command : commands())
    text +=
        QStringLiteral("pimento-learn %1 %2\n%3\n\n")
            .arg(QString::fromUtf8(command.name), QString::fromUtf8(command.usage), QString::fromUtf8(command.help));
  return text +
         QStringLiteral(
             "Lines \"pause\", \"stop\" (keep the best so far) and \"cancel\" are read from standard input, and with\n"
             "--end-with-input its end pauses. SIGTERM, SIGINT, SIGHUP and SIGQUIT pause, a second SIGINT ends at "
             "once:\n"
             "training goes on from its checkpoint when the command is given again, and so does quantisation-aware\n"
             "training. Exit code 0: done, 2: an error, 3: paused, 4: cancelled.\n");
}

}  // namespace pimento::learn
