"""A valid Piper voice of a few kilobytes: it buzzes once for each phoneme, with some noise.

It takes the inputs of a real one (``input``, ``input_lengths``, ``scales``), obeys the
length scale and draws its noise inside the model, as real ones do.
"""

import json
import string
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE = 22_050
HOP = 900  # Samples of a phoneme (or the pad after it) at length scale 1.

IPA = string.ascii_letters + " .,:;?!'\"()-_^$" + "ɑɐɒæɓʙβɔɕçɗɖðʤəɘɚɛɜɝɞɟʄɡɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋ"
MORE = "ɳɲɴøɵɸθœɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢǀǁǂǃˈˌːˑʼʴʰʱʲʷˠˤ˞"


def build(folder: Path, name: str = "en_US-buzz-low", *, loud: float = 0.5) -> Path:
    """Write the two files of a voice and return its model's."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    model.write_bytes(_model(loud).SerializeToString())
    config = model.with_name(f"{model.name}.json")
    config.write_text(json.dumps(_config()), encoding="utf-8")
    return model


def _config() -> dict[str, object]:
    signs = "_^$" + "".join(sign for sign in dict.fromkeys(IPA + MORE) if sign not in "_^$")
    return {
        "audio": {"sample_rate": RATE, "quality": "low"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {sign: [place] for place, sign in enumerate(signs)},
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
    }


def _model(loud: float) -> onnx.ModelProto:
    constants = {
        "hop": np.float32(HOP),
        "step": np.float32(2 * np.pi * 20 / RATE),
        "pi": np.float32(np.pi),
        "loud": np.float32(loud),
        "zero": np.float32(0),
        "one": np.float32(1),
        "five": np.float32(5),
        "some": np.float32(0.01),
        "first": np.int64(0),
        "second": np.int64(1),
        "shape": np.array([1, 1, 1, -1], np.int64),
        "flat": np.array([-1], np.int64),
    }
    nodes = [
        ("Gather", ["scales", "second"], "stretch"),
        ("Gather", ["scales", "first"], "noisy"),
        ("Mul", ["hop", "stretch"], "each"),
        ("Reshape", ["input", "flat"], "ids"),
        ("Size", ["ids"], "count"),
        ("Cast", ["count"], "count_f"),
        ("Mul", ["each", "count_f"], "total"),
        ("Range", ["zero", "total", "one"], "at"),
        ("Div", ["at", "each"], "place"),
        ("Floor", ["place"], "which_f"),
        ("Sub", ["place", "which_f"], "within"),
        ("Cast64", ["which_f"], "which_any"),
        ("Sub", ["count", "second"], "last"),
        ("Min", ["which_any", "last"], "which"),
        ("Gather", ["ids", "which"], "id"),
        ("Cast", ["id"], "id_f"),
        ("Mod", ["id_f", "five"], "tone"),
        ("Add", ["tone", "five"], "pitch"),
        ("Mul", ["at", "step"], "angle"),
        ("Mul", ["angle", "pitch"], "turned"),
        ("Sin", ["turned"], "wave"),
        ("Mul", ["within", "pi"], "swing"),
        ("Sin", ["swing"], "swell"),
        ("Mul", ["wave", "swell"], "voiced"),
        ("RandomNormalLike", ["voiced"], "grain"),
        ("Mul", ["grain", "some"], "soft"),
        ("Mul", ["soft", "noisy"], "hiss"),
        ("Add", ["voiced", "hiss"], "mixed"),
        ("Mul", ["mixed", "loud"], "line"),
        ("Reshape", ["line", "shape"], "output"),
    ]
    graph = helper.make_graph(
        [_node(*node) for node in nodes],
        "buzz",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _node(kind: str, inputs: list[str], output: str) -> onnx.NodeProto:
    if kind == "Cast":
        return helper.make_node("Cast", inputs, [output], to=TensorProto.FLOAT)
    if kind == "Cast64":
        return helper.make_node("Cast", inputs, [output], to=TensorProto.INT64)
    if kind == "Mod":
        return helper.make_node("Mod", inputs, [output], fmod=1)
    return helper.make_node(kind, inputs, [output])
