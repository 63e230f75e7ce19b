using KioskLink.Demo.Setup;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>A checkout machine at a branch's node: SIP2 over TCP, line by line, as a vendor's machine sends it.</summary>
internal sealed class Sip2Machine : IAsyncDisposable
{
    private const string Time = "20261121    233000", NoTime = "                  ";
    private readonly LineDevice _line;

    private Sip2Machine(LineDevice line) => _line = line;

    /// <summary>Connects and logs in.</summary>
    public static async Task<Sip2Machine> LogInAsync(Branch branch)
    {
        var machine = new Sip2Machine(await LineDevice.ConnectAsync(branch.World.MachineEndPoint.ToString()));
        Assert.Equal("941", await machine._line.SayAsync($"9300CN{SelfCheckLogin.User}|CO{SelfCheckLogin.Password}|"));
        return machine;
    }

    /// <summary>What works now: the answer 98.</summary>
    public Task<string> StatusAsync() => _line.SayAsync("9900802.00");

    /// <summary>Lends; the answer must say that it was done.</summary>
    public async Task LendAsync(string item, string card, string pin) =>
        Assert.StartsWith("121", await _line.SayAsync($"11NN{Time}{NoTime}AO|AA{card}|AB{item}|AC|AD{pin}|BON|BIN|"), StringComparison.Ordinal);

    /// <summary>Takes back; the answer must say that it was done.</summary>
    public async Task TakeBackAsync(string item) =>
        Assert.StartsWith("101", await _line.SayAsync($"09N{Time}{Time}AP|AO|AB{item}|AC|BIN|"), StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
