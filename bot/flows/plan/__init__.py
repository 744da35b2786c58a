"""The plan (proyecto de vida): from a person's answers to what helps, what is in the way, and what to do by when."""

from bot.flows.plan.making import NEXT_STEPS, Plan, PlanStep, Reason, make_plan

__all__ = ["NEXT_STEPS", "Plan", "PlanStep", "Reason", "make_plan"]
