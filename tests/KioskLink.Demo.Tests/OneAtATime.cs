// Each test runs real programs on both cores: one at a time, or they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
