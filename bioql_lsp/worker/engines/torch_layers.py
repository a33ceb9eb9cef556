"""A Llama decoder over rows of a ``RowCache``: the arithmetic of ``LlamaForCausalLM`` alone.

It computes what the forward of transformers computes, with fewer and larger operations: queries,
keys and values come from one matrix product, gate and up from one, positions from a table. What
needs no attention is in ``LayerMath``, whose shapes depend on the number of tokens only, so that
compiling it once serves every length; attention stands between.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import torch
from torch import Tensor
from torch.nn import Parameter, functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from bioql_lsp.worker.engines.torch_cache import RowCache

_KERNELS = [SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]
"""Without cuDNN's, which refuses some shapes only when it is run; flash attention has no masks."""

_Pair: TypeAlias = tuple[Tensor, Tensor]


class Layer(NamedTuple):
    """One layer's weights, (out, in); a bias is None where the model has none."""

    norm_in: Tensor
    qkv: Tensor
    qkv_bias: Tensor | None
    out: Tensor
    out_bias: Tensor | None
    norm_post: Tensor
    gate_up: Tensor
    gate_up_bias: Tensor | None
    down: Tensor
    down_bias: Tensor | None


class Weights(NamedTuple):
    """A model's weights on one device, and its table of rotations (positions, head size)."""

    embedding: Tensor
    layers: tuple[Layer, ...]
    norm: Tensor
    head: Tensor
    cosine: Tensor
    sine: Tensor

    def bytes_read(self) -> int:
        """How many bytes of weights one token needs: all but the embedding's other rows."""
        tensors = [self.norm, self.head]
        tensors += [tensor for layer in self.layers for tensor in layer if tensor is not None]
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors)


@dataclass(frozen=True, slots=True)
class Call:
    """Tokens to read: ``width`` of them in each of ``count`` rows from ``first``; all flat tensors.

    Each token sees what its row holds at ``positions`` and before, and its own key and value are
    written at ``targets``: the same position, or the cache's spare one where the token is padding.
    ``length`` is how much of the rows is looked at. ``is_masked`` may be false for a single token
    that sees all of it.
    """

    ids: Tensor
    positions: Tensor
    targets: Tensor
    rows: Tensor
    first: int
    count: int
    width: int
    length: int
    is_masked: bool = True


class Places(NamedTuple):
    """Where each token stands: its rotation (tokens, head size), and its row and position."""

    cosine: Tensor
    sine: Tensor
    rows: Tensor
    targets: Tensor


class Scored(NamedTuple):
    """Logits (tokens, vocabulary) and the best id of each, -1 where a logit is not finite.

    Where all are finite, so is what the token's row holds for it and for those before it.
    """

    logits: Tensor
    best: Tensor


class LayerMath:
    """What a layer does before and behind attention, and what follows the last layer."""

    def __init__(self, config: Any, activation: Callable[[Tensor], Tensor]) -> None:
        self.heads: int = config.num_attention_heads
        self.kv_heads: int = config.num_key_value_heads
        self.head_size: int = config.head_dim
        self.epsilon: float = config.rms_norm_eps
        self.activation = activation

    def before(
        self,
        residual: Tensor,
        added: Tensor,
        layer: Layer,
        places: Places,
        store: _Pair,
    ) -> _Pair:
        """Queries (tokens, heads, size) and the residual; keys and values go into the store.

        The two must be tensors of their own: in a view of a larger one, the compiler would copy
        all of it to write one token.
        """
        keys, values = store
        residual = residual + added
        mixed = functional.linear(self._normed(residual, layer.norm_in), layer.qkv, layer.qkv_bias)
        mixed = mixed.view(-1, self.heads + 2 * self.kv_heads, self.head_size)
        turning = mixed[:, : self.heads + self.kv_heads]
        half = self.head_size // 2
        turned = torch.cat((-turning[..., half:], turning[..., :half]), dim=-1)
        turned = turning * places.cosine[:, None] + turned * places.sine[:, None]
        key, value = turned[:, self.heads :], mixed[:, self.heads + self.kv_heads :]
        keys[places.rows, :, places.targets] = key
        # An infinite key may draw no attention, and so go unnoticed until another text stands there
        # and its queries make NaN of it. A value of NaN shows at once, in the token's own scores.
        values[places.rows, :, places.targets] = value.masked_fill(~torch.isfinite(key), torch.nan)
        return turned[:, : self.heads], residual

    def behind(self, attended: Tensor, residual: Tensor, layer: Layer) -> _Pair:
        """The residual and what the next layer adds to it first, both (tokens, hidden)."""
        residual = residual + functional.linear(attended, layer.out, layer.out_bias)
        inner = self._normed(residual, layer.norm_post)
        gate, up = functional.linear(inner, layer.gate_up, layer.gate_up_bias).chunk(2, dim=-1)
        added = functional.linear(self.activation(gate) * up, layer.down, layer.down_bias)
        return residual, added

    def last(
        self, residual: Tensor, added: Tensor, norm: Tensor, head: Tensor, forbidden: Tensor
    ) -> _Pair:
        """Logits and best ids, as in ``Scored``; ``forbidden`` (vocabulary,) are never best."""
        logits = functional.linear(self._normed(residual + added, norm), head)
        best = logits.masked_fill(forbidden, -torch.inf).argmax(dim=-1)
        return logits, best.masked_fill(~torch.isfinite(logits).all(dim=-1), -1)

    def _normed(self, values: Tensor, weight: Tensor) -> Tensor:
        return functional.rms_norm(values, weight.shape, weight, self.epsilon)


class CompiledMath:
    """``LayerMath`` through the compiler: for one token, and once more for any other number.

    Products with a single token reach the memory's bandwidth only when tuned as reductions.
    """

    def __init__(self, math: LayerMath, device: torch.device) -> None:
        def compiled(function: Callable[..., _Pair]) -> Callable[..., _Pair]:
            options: Any = {"coordinate_descent_tuning": True} if device.type == "cuda" else None
            return torch.compile(function, fullgraph=True, options=options)

        self.before = compiled(math.before)
        self.behind = compiled(math.behind)
        self.last = compiled(math.last)


class Decoder:
    """Reads tokens into a cache's rows and scores what comes next."""

    def __init__(
        self, weights: Weights, math: LayerMath, cache: RowCache, forbidden: Tensor
    ) -> None:
        self._weights = weights
        self._math = math
        self._cache = cache
        self._forbidden = forbidden

    def run(self, call: Call, scored: int, math: LayerMath | CompiledMath | None = None) -> Scored:
        """Read the tokens and score after each of the last ``scored``.

        ``math`` takes the place of the plain one, compiled.
        """
        math = math or self._math
        weights, cache = self._weights, self._cache
        places = Places(
            weights.cosine[call.positions], weights.sine[call.positions], call.rows, call.targets
        )
        mask = self._mask(call)
        residual = functional.embedding(call.ids, weights.embedding)
        added = torch.zeros_like(residual)
        for index, layer in enumerate(weights.layers):
            store = cache.keys[index], cache.values[index]
            queries, residual = math.before(residual, added, layer, places, store)
            attended = self._attend(queries, store, mask, call)
            residual, added = math.behind(attended, residual, layer)
        residual, added = residual[-scored:], added[-scored:]
        return Scored(*math.last(residual, added, weights.norm, weights.head, self._forbidden))

    def _mask(self, call: Call) -> Tensor | None:
        """What is added to attention's scores: (count, 1, width x group, length), or None.

        Every token sees at least one position, the one at zero: a row of nothing but -inf would be
        NaN.
        """
        if not call.is_masked:
            return None
        places = torch.arange(call.length, device=call.positions.device)
        is_hidden = places > call.positions[:, None]
        mask = torch.zeros(is_hidden.shape, dtype=self._weights.norm.dtype, device=places.device)
        mask = mask.masked_fill(is_hidden, -torch.inf).view(call.count, 1, call.width, call.length)
        group = self._math.heads // self._math.kv_heads
        return mask if call.width == 1 else mask.repeat(1, 1, group, 1)

    def _attend(self, queries: Tensor, store: _Pair, mask: Tensor | None, call: Call) -> Tensor:
        """Attention (tokens, heads x size). Queries that share a key's head stand side by side, so
        that keys and values are never repeated in memory.
        """
        math = self._math
        group = math.heads // math.kv_heads
        shape = (call.count, call.width, math.kv_heads, group, math.head_size)
        flat = (call.count, math.kv_heads, group * call.width, math.head_size)
        rows = slice(call.first, call.first + call.count)
        keys, values = (kept[rows, :, : call.length] for kept in store)
        with sdpa_kernel(_KERNELS) if keys.is_cuda else nullcontext():
            attended = functional.scaled_dot_product_attention(
                queries.reshape(shape).permute(0, 2, 3, 1, 4).reshape(flat),
                keys,
                values,
                attn_mask=mask,
            )
        attended = attended.view(call.count, math.kv_heads, group, call.width, math.head_size)
        return attended.permute(0, 3, 1, 2, 4).reshape(call.count * call.width, -1)


def fuse(model: Any, device: torch.device, positions: int) -> Weights:
    """Take the weights of a ``LlamaForCausalLM`` to the device, with those read together in one.

    The model's own parameters become views of the result and go on working, so nothing is held
    twice. One layer at a time moves, so that a card needs no room for a second model. The table of
    rotations is made for all positions at once, as for the longest text.
    """
    with torch.no_grad():
        layers = tuple(_fuse_layer(layer, device) for layer in model.model.layers)
        model.to(device)
        embedding = model.model.embed_tokens.weight
        cosine, sine = model.model.rotary_emb(
            embedding[:1], torch.arange(positions, device=device)[None]
        )
    head = model.lm_head.weight
    return Weights(embedding, layers, model.model.norm.weight, head, cosine[0], sine[0])


def _fuse_layer(layer: Any, device: torch.device) -> Layer:
    attention, feed = layer.self_attn, layer.mlp
    qkv, qkv_bias = _join(device, attention.q_proj, attention.k_proj, attention.v_proj)
    gate_up, gate_up_bias = _join(device, feed.gate_proj, feed.up_proj)
    layer.to(device)
    return Layer(
        norm_in=layer.input_layernorm.weight.detach(),
        qkv=qkv,
        qkv_bias=qkv_bias,
        out=attention.o_proj.weight.detach(),
        out_bias=_bias(attention.o_proj),
        norm_post=layer.post_attention_layernorm.weight.detach(),
        gate_up=gate_up,
        gate_up_bias=gate_up_bias,
        down=feed.down_proj.weight.detach(),
        down_bias=_bias(feed.down_proj),
    )


def _join(device: torch.device, *parts: Any) -> tuple[Tensor, Tensor | None]:
    """Several linear modules' weights and biases as one each, which the modules then share."""
    weight = torch.cat([part.weight.detach() for part in parts]).to(device)
    bias = None
    if parts[0].bias is not None:
        bias = torch.cat([part.bias.detach() for part in parts]).to(device)
    start = 0
    for part in parts:
        end = start + part.weight.shape[0]
        part.weight = Parameter(weight[start:end], requires_grad=False)
        if bias is not None:
            part.bias = Parameter(bias[start:end], requires_grad=False)
        start = end
    return weight, bias


def _bias(linear: Any) -> Tensor | None:
    return None if linear.bias is None else linear.bias.detach()
