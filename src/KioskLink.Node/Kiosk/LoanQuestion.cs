using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Hosting;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Node.V1;
using LinkState = KioskLink.Node.RegisterLink.LinkState;
using RegisterWire = KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>Asks the register for a patron's loans; nothing of loans is held here, so without the register there is no answer (R84). Thread-safe.</summary>
internal sealed class LoanQuestion(NodeParts parts)
{
    /// <summary>How long the register may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>Asks; a repeated attempt gets the same answer from the register and counts once.</summary>
    /// <param name="request">The card and the attempt.</param>
    /// <param name="device">The device that calls, by its token.</param>
    /// <param name="pin">The digits; the caller wipes them.</param>
    /// <exception cref="RpcException">UNAVAILABLE with MAINTENANCE, or the register's own refusal.</exception>
    public async Task<GetLoanStatusResponse> AskAsync(GetLoanStatusRequest request, KioskDevice device, byte[] pin)
    {
        if (parts.Link.State == LinkState.Offline)
            throw KioskRefusal.Maintenance();
        var question = new RegisterWire.GetLoanStatusRequest
        {
            CardNumber = request.CardNumber,
            // A copy: a call that has timed out may still hold the bytes when the caller wipes its own.
            Pin = ByteString.CopyFrom(pin),
            AttemptId = request.AttemptId,
            DeviceId = device.Id,
            DeviceRole = device.Role,
        };
        try
        {
            return FromRegister(await parts.Channels.Loans.GetLoanStatusAsync(question, deadline: parts.Time.GetUtcNow().UtcDateTime + Deadline));
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            throw KioskRefusal.NoCirculation();
        }
        catch (RpcException error) when (!Refusal.IsAnswer(error))
        {
            throw KioskRefusal.Maintenance();
        }
        catch (ObjectDisposedException)
        {
            throw KioskRefusal.Maintenance();
        }
    }

    private static GetLoanStatusResponse FromRegister(RegisterWire.GetLoanStatusResponse answer)
    {
        var response = new GetLoanStatusResponse
        {
            Valid = answer.Valid,
            Reason = answer.Reason,
            Loans = answer.Loans,
            Overdue = answer.Overdue,
            Holds = answer.Holds,
            HoldsReady = answer.HoldsReady,
            FeesCents = answer.FeesCents,
            Source = answer.Source,
            FactsVersion = answer.FactsVersion,
            FactsAge = answer.FactsAge,
        };
        response.DueOn.AddRange(answer.DueOn);
        return response;
    }
}
