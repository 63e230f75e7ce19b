namespace KioskLink.Demo.Tests.Console;

/// <summary>One demo, one register and one browser for every test of the console.</summary>
[CollectionDefinition(nameof(RunningConsole))]
public sealed class ConsoleCollection : ICollectionFixture<RunningConsole>;
