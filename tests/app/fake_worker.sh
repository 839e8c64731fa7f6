#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A worker that computes nothing. `train DIRECTORY` tells of one epoch and waits for a command; the file `script` in the
# directory has it end otherwise: "finish", "fail", "crash",
# "pause". With --stop it ends at once; where there is a file `single` nothing is measured in integers, and with a file
# `deaf` it is done before it hears that it is cancelled. `evaluate …` tells of one variant, `quantise DIRECTORY …`
# waits while there is a file `wait` and adds a result of 8:8 bits. `infer DIRECTORY` and `deaf DIRECTORY` leave their
# process in the file `pid`, and hear nothing.
if [ "$1" = evaluate ]; then
  echo '{"event":"weights","variant":"0.5","loaded":60,"missing":[],"left_over":["extra.weight"],"other_shape":[]}'
  echo '{"event":"result","network":"resnet20-slimmable","variant":"0.5","data":"fashion-mnist","correct":880,"n":1000,"loaded":60,"missing":[],"left_over":["extra.weight"],"other_shape":[]}'
  exit 0
fi
directory=$2
if [ "$1" = infer ] || [ "$1" = deaf ]; then
  echo $$ > "$directory/pid.new" && mv "$directory/pid.new" "$directory/pid"
  exec sleep 600
fi
if [ "$1" = quantise ]; then
  echo '{"event":"progress","stage":"evaluation","done":40,"all":100,"variant":"1.0"}'
  while [ -e "$directory/wait" ]; do sleep 0.02; done
  sed -i 's|"n": 100}\]}|"n": 100},\n  {"variant": "1.0", "bits_w": 8, "bits_a": 8, "how": "post-training", "correct": 79, "n": 100}]}|' "$directory/results.json"
  echo '{"event":"result","variant":"1.0","bits_w":8,"bits_a":8,"correct":79,"n":100}'
  exit 0
fi
tell() {
  echo "$1" | tee -a "$directory/events.jsonl"
}
tell '{"event":"start","data":"fashion-mnist","training_images":100,"ceiling_gflops":100}'
tell '{"event":"progress","stage":"main","epoch":0.5,"epochs":5,"images_per_s":1000,"left_s":90,"loss":{"0.25":2.1,"1.0":1.9}}'
tell '{"event":"epoch","stage":"main","epoch":1,"epochs":5,"validation_images":50,"validation_pct":{"0.25":60,"1.0":80}}'
echo x > "$directory/checkpoint.safetensors"
tell '{"event":"checkpoint","file":"checkpoint.safetensors"}'
finish() {
  mv -f "$directory/checkpoint.safetensors" "$directory/last.safetensors"
  cat > "$directory/results.json" << 'END'
{"format": "pimento-results", "version": 1, "data": "fashion-mnist", "epochs": 5, "results": [
  {"variant": "1.0", "bits_w": 32, "bits_a": 32, "how": "trained", "correct": 81, "n": 100},
  {"variant": "0.25", "bits_w": 32, "bits_a": 32, "how": "trained", "correct": 62, "n": 100},
  {"variant": "0.25", "bits_w": 8, "bits_a": 8, "how": "post-training", "correct": 60, "n": 100}]}
END
  if [ -e "$directory/single" ]; then
    sed -i -e '/"bits_w": 8/d' -e 's|62, "n": 100},|62, "n": 100}]}|' "$directory/results.json"
  fi
  tell '{"event":"result","variants":[{"variant":"1.0","correct":81,"n":100},{"variant":"0.25","correct":62,"n":100}],"images_per_s":1000,"share_of_ceiling":0.4,"stopped":'"$1"',"seconds":3}'
  exit 0
}
case " $* " in *" --stop "*) finish true ;; esac
case "$(cat "$directory/script" 2> /dev/null)" in
  finish) finish false ;;
  fail)
    tell '{"event":"error","message":"step 7: the loss of 1.0 is not a number; lower the learning rate"}'
    echo 'step 7: the loss of 1.0 is not a number' >&2
    exit 2
    ;;
  crash) kill -9 $$ ;;
  pause)
    tell '{"event":"paused","stage":"main","epoch":1,"epochs":5}'
    exit 3
    ;;
esac
while read -r command; do
  case "$command" in
    stop) finish true ;;
    cancel)
      [ -e "$directory/deaf" ] && finish false
      exit 4
      ;;
    pause)
      tell '{"event":"paused","stage":"main","epoch":1,"epochs":5}'
      exit 3
      ;;
  esac
done
