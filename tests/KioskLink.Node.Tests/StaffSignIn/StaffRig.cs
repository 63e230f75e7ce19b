using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.StaffSignIn;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.StaffSignIn;

/// <summary>Staff at a node whose register knows one account, and may be away.</summary>
internal sealed class StaffRig : IAsyncDisposable
{
    public const string Name = "maija";
    public const string Password = "kolme sinistä kirjaa";
    public const string Code = "246810";
    public const string Ref = "17";

    private readonly TestAuthority _authority;
    private readonly ScriptedRegister _register;
    private NodeRig _node = null!;

    private StaffRig(TestAuthority authority, ScriptedRegister register) => (_authority, _register) = (authority, register);

    public TempFolder Folder { get; } = new();

    public VirtualTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    public StaffRoom Room { get; private set; } = null!;

    public ScriptedRegister Register => _register;

    public NodeParts Parts => _node.Parts;

    /// <summary>What the register answers.</summary>
    public VerifyStaffResponse Word { get; set; } = Vouch(StaffRole.Technician);

    public static async Task<StaffRig> StartAsync()
    {
        var authority = new TestAuthority();
        var rig = new StaffRig(authority, await ScriptedRegister.StartAsync(authority));
        rig.Register.VerifyStaff = request =>
            request.UserName == Name && request.Password.ToStringUtf8() == Password && request.TotpCode == Code ? rig.Word : new VerifyStaffResponse();
        rig.Register.CheckStaff = _ => new CheckStaffResponse();
        rig.Start();
        return rig;
    }

    public static VerifyStaffResponse Vouch(params StaffRole[] roles) =>
        new() { Valid = true, AccountRef = Ref, Stamp = ByteString.CopyFrom(new byte[16]), Roles = { roles } };

    /// <summary>Starts the node anew on its folder.</summary>
    public void Restart()
    {
        Room.Dispose();
        _node.Dispose();
        Start();
    }

    public StaffRig Online()
    {
        _node.Online();
        return this;
    }

    public StaffRig Away()
    {
        Parts.Link.Post(LinkInput.StreamLost);
        Parts.Link.Post(LinkInput.CallFailed);
        Assert.NotEqual(LinkState.Online, Parts.Link.State);
        _register.VerifyStaff = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        return this;
    }

    public Task<SignInResult> SignInAsync(string password = Password, string name = Name, string code = Code, string source = "127.0.0.1") =>
        Patience.For(Room.Desk.SignInAsync(name, Encoding.UTF8.GetBytes(password), code, source), "a sign-in");

    public IReadOnlyList<string> Acts() => [.. _node.Journal().Where(open => open.Kind == RecordKind.Technician).Select(open => open.Detail)];

    public async ValueTask DisposeAsync()
    {
        Room.Dispose();
        _node.Dispose();
        await _register.DisposeAsync();
        Folder.Dispose();
    }

    private void Start()
    {
        _node = new NodeRig(Folder, _authority, _register.Address, time: Time).Holding(Samples.Branch());
        Room = new StaffRoom(_node.Parts);
    }
}
