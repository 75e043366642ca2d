"""How far the product is from the limit of the machine: five benchmarks, each with a floor of the same run.

It stands above the doors it measures and below the command line: one file for each benchmark, `benchmarks`
names them, `hall` is what they all stand on. A new one gives a `Measured` and is added to `benchmarks`.
"""
