using KioskLink.Circulation.Answers;
using KioskLink.Circulation.Machines;
using KioskLink.Node.Circulation;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;
using DeviceRole = KioskLink.Sip2.Circulation.DeviceRole;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>What a vendor's field may hold for a role is sent to it while the register answers, and everything else is refused before a machine connects.</summary>
public sealed class PatronFieldTests
{
    [Theory]
    [InlineData(MachineRole.SelfCheck)]
    [InlineData(MachineRole.PcBooking)]
    [InlineData(MachineRole.Door)]
    public async Task Every_attribute_is_either_sent_or_refused(object role)
    {
        var sent = (await AnswerAsync((MachineRole)role)).Attributes.Keys.Order();

        Assert.Equal(sent, Enum.GetValues<PatronAttribute>().Where(attribute => PatronFieldCheck.FindProblem(Machine((MachineRole)role, attribute)) is null));
    }

    private static MachineConfig Machine(MachineRole role, PatronAttribute attribute) =>
        new() { Login = "machine", Role = role, PatronFields = new Dictionary<string, PatronAttribute> { ["PB"] = attribute } };

    private static async Task<PatronAnswer> AnswerAsync(MachineRole role) => role switch
    {
        MachineRole.Door => await GateAsync(),
        MachineRole.SelfCheck => PatronInformationMessage.Answer(Whole, DeviceRole.SelfCheck),
        _ => PatronInformationMessage.Answer(Whole, DeviceRole.PcBooking),
    };

    // Everything that the register may say.
    private static GetPatronInformationResponse Whole => new() { Known = true, CardCode = DecisionCode.Granted, PinResult = PinResult.Right, Group = "adult", HomeBranch = "FI-Lh-Renkomaki" };

    private static async Task<PatronAnswer> GateAsync()
    {
        using var folder = new TempFolder();
        using var rig = new NodeRig(folder, new TestAuthority()).Holding(Samples.Branch(), Samples.Adult());
        var question = new PatronQuestion { Asker = new Asker { Role = DeviceRole.Door }, Card = Samples.KnownCard };
        return await new GateDecisions(new GateWork(_ => new DoorConditions(), rig.Decider.DecideAsync), TimeProvider.System).DecideAsync(question, "gate", Samples.Door);
    }
}
