using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>A gate of another maker asks over SIP2, and is decided for as the node's own doors are: here from the replica.</summary>
public class GateTests : IAsyncLifetime
{
    private const string Login = "9300CNgate|COopen|";

    private MachineHall _hall = null!;

    public async Task InitializeAsync()
    {
        _hall = await MachineHall.OpenAsync();
        _hall.Parts.Link.Post(LinkInput.CallFailed);
        _hall.Parts.Link.Post(LinkInput.CallFailed);
    }

    public async Task DisposeAsync() => await _hall.DisposeAsync();

    [Theory]
    [InlineData(Samples.KnownCard, Samples.Pin, "BLY|CQY|PA1|")]
    [InlineData(Samples.KnownCard, Samples.WrongPin, "BLN|CQN|")]
    [InlineData(Samples.UnknownCard, Samples.Pin, "BLN|CQN|")]
    [InlineData(Samples.KnownCard, "", "BLN|CQN|")]
    public async Task R31_A_gate_hears_yes_or_no_with_and_without_the_register(string card, string pin, string told)
    {
        await using var gate = await _hall.LogInAsync(Login);

        Assert.StartsWith("98YNN", await gate.SayAsync("9900802.00"), StringComparison.Ordinal);
        var answer = await gate.SayAsync($"63007{MachineHall.Time}          AO|AA{card}|AC|AD{pin}|");

        Assert.Contains($"AO{TestAuthority.Branch}|AA{card}|AE|{told}", answer, StringComparison.Ordinal);
        Assert.Contains(_hall.Rig.Journal(), record => record.Kind == RecordKind.Decision && record.DeviceId == "gate" && record.DoorId == Samples.Door);
    }
}
