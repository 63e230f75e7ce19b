using System.Security.Cryptography;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace KioskLink.Register.Staff;

/// <summary>Accounts and sessions of the staff (R40, R41, R43): checks requests and leaves the work to its room.</summary>
internal sealed class StaffService(
    StaffDesk desk, SignInDesk signIn, NodeSignIn nodes, StaffManager manager, StaffSessions sessions, StaffProto proto, ConsortiumProfile profile, AdministratorCertificates certificates, SignInLocks locks)
    : Protos.Register.V1.StaffService.StaffServiceBase
{
    /// <inheritdoc/>
    public override async Task<CreateAccountResponse> CreateAccount(CreateAccountRequest request, ServerCallContext context)
    {
        var roles = StaffRoles.Read(request.Roles);
        var (account, secret) = await desk.CreateAsync(request.UserName, request.PersonName, roles, context.Caller().Name);
        context.Audit().Fields($"account {account.UserName}");
        return new CreateAccountResponse
        {
            Account = proto.Account(account),
            SetUpSecret = secret.Secret,
            ExpireTime = Timestamp.FromDateTimeOffset(secret.Ends),
        };
    }

    /// <inheritdoc/>
    public override async Task<SetUpAccountResponse> SetUpAccount(SetUpAccountRequest request, ServerCallContext context)
    {
        try
        {
            var factor = await desk.SetUpAsync(request.UserName, request.SetUpSecret, request.Password, SignInPlace.Of(context), context.CancellationToken);
            context.Audit().Fields($"account {request.UserName}");
            return factor is null ? new SetUpAccountResponse() : SecondFactor(request.UserName, factor);
        }
        finally
        {
            Field.Wipe(request.Password);
        }
    }

    /// <inheritdoc/>
    public override async Task<SignInResponse> SignIn(SignInRequest request, ServerCallContext context)
    {
        try
        {
            var place = SignInPlace.Of(context, request.Device, request.DeviceKey);
            var signed = await signIn.PersonAsync(request.UserName, request.Password, request.TotpCode, place, context.Audit(), context.CancellationToken);
            return new SignInResponse
            {
                SessionToken = signed.Token,
                ExpireTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(signed.Session.EndsAt)),
                IdleTimeout = Duration.FromTimeSpan(signed.Session.Idle),
                Account = proto.Account(signed.Account),
                Undertaking = StaffProto.Pending(signed.Account),
                DeviceKey = signed.DeviceKey,
            };
        }
        finally
        {
            Field.Wipe(request.Password);
        }
    }

    /// <inheritdoc/>
    public override async Task<SignInRobotResponse> SignInRobot(SignInRobotRequest request, ServerCallContext context)
    {
        try
        {
            var signed = await signIn.MachineAsync(request.UserName, request.Password, SignInPlace.Of(context, deviceKey: request.DeviceKey), context.Audit(), context.CancellationToken);
            return new SignInRobotResponse
            {
                SessionToken = signed.Token,
                ExpireTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(signed.Session.EndsAt)),
                IdleTimeout = Duration.FromTimeSpan(signed.Session.Idle),
                DeviceKey = signed.DeviceKey,
            };
        }
        finally
        {
            Field.Wipe(request.Password);
        }
    }

    /// <inheritdoc/>
    public override async Task<GetSessionResponse> GetSession(GetSessionRequest request, ServerCallContext context)
    {
        var session = context.Session();
        var account = await manager.FindByNameAsync(session.UserName) ?? throw Field.Missing("account");
        return new GetSessionResponse
        {
            Account = proto.Account(account),
            ExpireTime = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(session.EndsAt)),
            Undertaking = StaffProto.Pending(account),
        };
    }

    /// <inheritdoc/>
    public override async Task<SignOutResponse> SignOut(SignOutRequest request, ServerCallContext context)
    {
        await sessions.EndAsync(context.Session());
        return new SignOutResponse();
    }

    /// <inheritdoc/>
    public override async Task<GetUndertakingResponse> GetUndertaking(GetUndertakingRequest request, ServerCallContext context)
    {
        var account = await manager.FindByNameAsync(context.Caller().Name) ?? throw Field.Missing("account");
        return new GetUndertakingResponse { Undertaking = StaffProto.InForce(), Account = proto.Account(account) };
    }

    /// <inheritdoc/>
    public override async Task<AcceptUndertakingResponse> AcceptUndertaking(AcceptUndertakingRequest request, ServerCallContext context)
    {
        if (request.Version != Undertakings.Version)
        {
            throw Field.Wrong("version", $"is not the one in force: read version {Undertakings.Version} and give it");
        }

        var account = await desk.UndertakeAsync(context.Caller().Name, context.DeviceOfStaff());
        context.Audit().Fields("undertaking");
        return new AcceptUndertakingResponse { Account = proto.Account(account) };
    }

    /// <inheritdoc/>
    public override Task<ListAccountsResponse> ListAccounts(ListAccountsRequest request, ServerCallContext context)
    {
        context.Audit().Fields("accounts");
        return Task.FromResult(proto.List(request));
    }

    /// <inheritdoc/>
    public override async Task<ChangeRolesResponse> ChangeRoles(ChangeRolesRequest request, ServerCallContext context)
    {
        var by = NotOneself(request.UserName, context);
        var roles = StaffRoles.Read(request.Roles);
        var account = await desk.ChangeAsync(request.UserName, by, account => SetRoles(account, roles));
        return new ChangeRolesResponse { Account = Noted(account, context) };
    }

    /// <inheritdoc/>
    public override async Task<LockAccountResponse> LockAccount(LockAccountRequest request, ServerCallContext context)
    {
        var (by, reason) = (context.Caller().Name, Field.Required(request.Reason, "reason"));
        var now = sessions.NowMs();
        var account = await desk.ChangeAsync(request.UserName, by, account =>
        {
            if (account.LockedAt is null)
            {
                (account.LockedAt, account.LockedBy, account.LockReason) = (now, by, reason);
            }
        });
        await locks.ClearAsync(account.AccountId, forgetDevices: true);
        return new LockAccountResponse { Account = Noted(account, context) };
    }

    /// <inheritdoc/>
    public override async Task<UnlockAccountResponse> UnlockAccount(UnlockAccountRequest request, ServerCallContext context)
    {
        var account = await desk.ChangeAsync(request.UserName, context.Caller().Name, account =>
            (account.LockedAt, account.LockedBy, account.LockReason, account.LockoutEnds) = (null, "", "", null));
        await locks.ClearAsync(account.AccountId, forgetDevices: false);
        return new UnlockAccountResponse { Account = Noted(account, context) };
    }

    /// <inheritdoc/>
    public override async Task<ResetSecondFactorResponse> ResetSecondFactor(ResetSecondFactorRequest request, ServerCallContext context)
    {
        var secret = await desk.ResetAsync(request.UserName, context.Caller().Name);
        context.Audit().Fields($"account {request.UserName}");
        return new ResetSecondFactorResponse { SetUpSecret = secret.Secret, ExpireTime = Timestamp.FromDateTimeOffset(secret.Ends) };
    }

    /// <inheritdoc/>
    public override Task<RenewAdministratorResponse> RenewAdministrator(RenewAdministratorRequest request, ServerCallContext context)
    {
        using var certificate = certificates.Renew(request.CertificateRequest.ToByteArray(), context.Caller().Name);
        context.Audit().Fields($"certificate {certificate.SerialNumber}");
        return Task.FromResult(new RenewAdministratorResponse { Certificate = Google.Protobuf.ByteString.CopyFrom(certificate.RawData) });
    }

    /// <inheritdoc/>
    public override async Task<RevokeAdministratorResponse> RevokeAdministrator(RevokeAdministratorRequest request, ServerCallContext context)
    {
        var own = context.GetHttpContext().Connection.ClientCertificate?.SerialNumber;
        await certificates.RevokeAsync(request.SerialNumber, request.Reason, context.Caller().Name, own);
        return new RevokeAdministratorResponse();
    }

    /// <inheritdoc/>
    public override async Task<VerifyStaffResponse> VerifyStaff(VerifyStaffRequest request, ServerCallContext context)
    {
        try
        {
            return await nodes.VerifyAsync(request, context.Caller(), context.Audit(), context.CancellationToken);
        }
        finally
        {
            Field.Wipe(request.Password);
        }
    }

    /// <inheritdoc/>
    public override Task<CheckStaffResponse> CheckStaff(CheckStaffRequest request, ServerCallContext context) => Task.FromResult(nodes.Check(request));

    private StaffAccount Noted(StaffAccountRow account, ServerCallContext context)
    {
        context.Audit().Fields($"account {account.UserName}");
        return proto.Account(account);
    }

    private SetUpAccountResponse SecondFactor(string userName, byte[] factor)
    {
        var secret = Totp.Base32(factor);
        CryptographicOperations.ZeroMemory(factor);
        var label = Uri.EscapeDataString($"KioskLink {profile.Id}:{userName}");
        return new SetUpAccountResponse { TotpSecret = secret, TotpUri = $"otpauth://totp/{label}?secret={secret}&issuer={Uri.EscapeDataString($"KioskLink {profile.Id}")}" };
    }

    private static void SetRoles(StaffAccountRow account, RoleSet roles)
    {
        if ((account.IsMachine || (roles & RoleSet.Machines) != RoleSet.None) && roles != account.RoleSet)
        {
            throw Field.Wrong("roles", "would make a person of a robot or a robot of a person: make an account of its own");
        }

        account.Roles = roles.Bits;
    }

    /// <summary>The caller's name; nobody changes what the own account may do.</summary>
    private static string NotOneself(string userName, ServerCallContext context)
    {
        var caller = context.Caller().Name;
        return string.Equals(caller, userName, StringComparison.OrdinalIgnoreCase)
            ? throw StaffDesk.OwnAccount()
            : caller;
    }
}
