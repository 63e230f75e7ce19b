using KioskLink.Cli.FakeRegister;

namespace KioskLink.Cli;

/// <summary>A test with a fake register of its own.</summary>
public abstract class FakeServerTest : IAsyncLifetime
{
    private protected FakeServer Server { get; private set; } = null!;

    private protected Script Script => Server.Script;

    public async Task InitializeAsync() => Server = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
