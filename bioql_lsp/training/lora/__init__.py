"""Fine-tuning of a Llama-architecture model by LoRA: train, merge, export."""
