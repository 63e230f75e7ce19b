using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Deciding;
using KioskLink.Node.Entrances;
using KioskLink.Protos.Node.V1;
using DeviceRole = KioskLink.Protos.Register.V1.DeviceRole;

namespace KioskLink.Node.Kiosk;

/// <summary>KioskService: for programs inside the kiosk, on loopback, with a device token. It never opens a door.</summary>
internal sealed class KioskApi(DeviceTokens tokens, KioskWork work, TimeProvider time) : KioskService.KioskServiceBase
{
    /// <summary>The longest attempt id.</summary>
    public const int LongestAttemptId = 64;

    /// <inheritdoc />
    public override async Task<AuthorizeEntryResponse> AuthorizeEntry(AuthorizeEntryRequest request, ServerCallContext context)
    {
        var device = Caller(context, DeviceRole.Door);
        CheckAttempt(request.AttemptId);
        var presentation = new Presentation
        {
            AttemptId = request.AttemptId,
            DoorId = request.DoorId,
            DeviceId = device.Id,
            Card = request.CardNumber,
            Pin = TakePin(request.Pin),
            ReadAt = time.GetTimestamp(),
            Conditions = work.Conditions(request.DoorId) ?? throw KioskRefusal.Door(request.DoorId),
        };
        return new AuthorizeEntryResponse { Decision = (await work.Decide(presentation)).ToProto() };
    }

    /// <inheritdoc />
    public override async Task<VerifyCredentialsResponse> VerifyCredentials(VerifyCredentialsRequest request, ServerCallContext context)
    {
        var device = Caller(context, DeviceRole.SelfCheck, DeviceRole.PcBooking);
        CheckAttempt(request.AttemptId);
        if (request.Purpose.Length == 0)
            throw KioskRefusal.Field("purpose", "say why the data is read");
        var pin = TakePin(request.Pin);
        try
        {
            return await work.Verify(request, device, pin);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
        }
    }

    /// <inheritdoc />
    public override async Task<GetLoanStatusResponse> GetLoanStatus(GetLoanStatusRequest request, ServerCallContext context)
    {
        var device = Caller(context, DeviceRole.SelfCheck);
        CheckAttempt(request.AttemptId);
        var pin = TakePin(request.Pin);
        try
        {
            return await work.Loans(request, device, pin);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
        }
    }

    /// <inheritdoc />
    public override Task<GetNoticesResponse> GetNotices(GetNoticesRequest request, ServerCallContext context)
    {
        Caller(context, DeviceRole.Door, DeviceRole.SelfCheck, DeviceRole.PcBooking);
        if (!Enum.IsDefined(request.Language))
            throw KioskRefusal.Field("language", "give fi, sv or en");
        var response = new GetNoticesResponse();
        response.Notices.AddRange(work.Notices(request.Language));
        return Task.FromResult(response);
    }

    private KioskDevice Caller(ServerCallContext context, params ReadOnlySpan<DeviceRole> roles)
    {
        var device = tokens.DeviceOf(context.RequestHeaders.GetValue("authorization")) ?? throw KioskRefusal.Token();
        return device.Is(roles) ? device : throw KioskRefusal.Role();
    }

    private static void CheckAttempt(string attemptId)
    {
        if (attemptId.Length is 0 or > LongestAttemptId)
            throw KioskRefusal.Field("attempt_id", $"give each attempt a random id of 1 to {LongestAttemptId} characters");
    }

    /// <summary>Copies the PIN into memory that does not move and wipes it in the message.</summary>
    private static byte[] TakePin(ByteString digits)
    {
        if (digits.Length > PinBuffer.Capacity)
            throw KioskRefusal.Field("pin", $"a PIN has at most {PinBuffer.Capacity} digits");
        var pin = GC.AllocateUninitializedArray<byte>(digits.Length, pinned: true);
        digits.Span.CopyTo(pin);
        if (MemoryMarshal.TryGetArray(digits.Memory, out var message))
            CryptographicOperations.ZeroMemory(message.AsSpan());
        return pin;
    }
}
