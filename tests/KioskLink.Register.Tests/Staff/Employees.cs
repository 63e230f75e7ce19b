using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Staff;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using StaffService = KioskLink.Protos.Register.V1.StaffService;

namespace KioskLink.Register.Tests.Staff;

/// <summary>An account that a test set up, and the app with its codes.</summary>
internal sealed record Employee(RunningRegister Register, string Name, byte[] Factor)
{
    public const string Password = "seitsemän pientä sammakkoa";

    public string Code => Totp.Code(Factor, Totp.StepAt(Register.Core.Time.GetUtcNow()));
}

/// <summary>Hires staff in a running register and lets it sign in, without any certificate.</summary>
internal static class Employees
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static StaffService.StaffServiceClient AdminStaff(this RunningRegister register) => new(register.Admin);

    public static StaffService.StaffServiceClient NobodysStaff(this RunningRegister register) => new(register.ChannelOf(null));

    public static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    public static async Task<Employee> HireAsync(this RunningRegister register, string name, params StaffRole[] roles)
    {
        var made = await register.AdminStaff().CreateAccountAsync(new CreateAccountRequest { UserName = name, PersonName = "Testi Henkilö", Roles = { roles } });
        var setUp = await register.NobodysStaff().SetUpAccountAsync(
            new SetUpAccountRequest { UserName = name, SetUpSecret = made.SetUpSecret, Password = Bytes(Employee.Password) });
        return new Employee(register, name, Decode(setUp.TotpSecret));
    }

    /// <summary>The account as administrators see it.</summary>
    public static async Task<StaffAccount> AccountAsync(this Employee employee) =>
        (await employee.Register.AdminStaff().ListAccountsAsync(new ListAccountsRequest())).Accounts.Single(account => account.UserName == employee.Name);

    public static async Task<SignInResponse> SignInAsync(
        this Employee employee, string device = "desk-1", string password = Employee.Password, string? code = null, string key = "") =>
        await employee.Register.NobodysStaff().SignInAsync(
            new SignInRequest { UserName = employee.Name, Password = Bytes(password), TotpCode = code ?? employee.Code, Device = device, DeviceKey = key });

    /// <summary>Guesses wrongly from a place as often as shuts it out.</summary>
    public static async Task GuessAsync(this Employee employee, string device, string key = "")
    {
        for (var attempt = 0; attempt < StaffLimits.FailuresMax; attempt++)
            await ReasonAsync(() => employee.SignInAsync(device, "something else, quite long", key: key));
    }

    /// <summary>Signs in and gives the undertaking; the metadata for calls.</summary>
    public static async Task<Metadata> WorkAsync(this Employee employee, string device = "desk-1")
    {
        var signed = await employee.SignInAsync(device);
        var session = Bearer(signed.SessionToken);
        if (signed.Undertaking is { } undertaking)
            await employee.Register.NobodysStaff().AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = undertaking.Version }, session);
        return session;
    }

    /// <summary>Waits for the app's next code, which no sign-in has used.</summary>
    public static void NextCode(this VirtualTime time) => time.SetWallClock(time.GetUtcNow() + TimeSpan.FromSeconds(30));

    public static async Task<string> ReasonAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<RpcException>(call)).Trailers.GetValue(Refused.ReasonTrailer) ?? "";

    private static byte[] Decode(string secret)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in secret)
        {
            (buffer, bits) = ((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
                bytes.Add((byte)(buffer >> (bits -= 8)));
        }

        return [.. bytes];
    }
}
