# SPDX-License-Identifier: Apache-2.0
"""The verbs of packlight, one module each, in this order: a verb imports only from those before it.

read, resolve, choose, prepare, plan, pack, run, emit, build, measure, compare, fit, explore, profile, inspect, report
"""
