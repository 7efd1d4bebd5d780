// Acts and the tour in simplified Chinese.
import type { enActs } from "./acts.en.ts";

/** Acts and tour. */
export const zhCNActs: Readonly<Record<keyof typeof enActs, string>> = {
  "act.pause": "暂停",
  "act.pause.say": "撤回报价，持仓保留，可继续。",
  "act.resume": "继续",
  "act.resume.say": "重新报价。",
  "act.stop": "停止",
  "act.stop.title": "停止本次运行？",
  "act.stop.say":
    "撤销全部订单，并向每个交易所核实。持仓保留，此后无人看管；若一对仓位只剩一边，则将其平掉。运行结束，进程退出。",
  "act.flatten": "平仓",
  "act.flatten.title": "平仓并结束本次运行？",
  "act.flatten.say": "撤销全部订单并核实，然后按市价平掉本次运行的全部持仓（需付价差与吃单手续费）。运行结束。",
  "act.halt": "急停",
  "act.halt.title": "急停：立即停止一切？",
  "act.halt.say":
    "撤销全部订单并核实。不平任何仓位：持仓保留，包括单边仓位。在有人于命令行执行 “bot resume” 之前，这些账户不再交易。",
  "act.halt.here": "撤销全部订单并核实，不平仓。交易所在此机器人的进程内：账户随运行一起结束，重新启动后立即交易。",
  "act.done": "{act}：已交给机器人。",
  "act.held": "当前持仓：{held}。",
  "act.held.last": "最后所知的持仓：{held}。",
  "act.hold": "按住：{act}",
  "act.type": "或输入 {word} 并按回车",
  "act.viewer": "此令牌只能查看，不能操作。请用操作员令牌打开页面。",
  "tour.name": "导览",
  "tour.step": "第 {step} 步，共 3 步",
  "tour.next": "下一步",
  "tour.back": "上一步",
  "tour.end": "完成",
  "tour.away": "以后再说",
  "tour.more": "如何操作",
  "tour.params": "更改一个参数，看下一批报价",
  "tour.params.say":
    "选一个运行中可改的参数（例如做市的 spreadPct），查看计划并应用。然后回到机器人页：订单簿里的下一批报价就按新参数挂出。",
  "tour.params.go": "前往参数",
  "tour.fault": "制造一个故障",
  "tour.fault.hedge":
    "让 Aster 的应答丢失十秒：已发出的订单可能存在，也可能不存在，没有人知道。请看对冲面板：未对冲的敞口有上限，并会及时平回。",
  "tour.fault.other":
    "让交易所的应答丢失十秒。账户推送未告知的订单显示为未知，机器人会向交易所查询，不会重复下单。想看对冲，请从表单启动一个：它的导览会丢失 Aster 的应答，未对冲部分始终有界。",
  "tour.fault.start": "前往表单",
  "tour.fault.go": "让应答丢失十秒",
  "tour.fault.none": "此机器人的进程内没有沙盒，无法制造故障。",
  "tour.report": "打开报告",
  "tour.report.say": "钱从哪里来、到哪里去：价差、手续费、资金费、每笔成交后的行情，以及每条起作用的规则。",
  "tour.report.none": "本次运行没有日志，因此没有报告。",
  "tour.watch": "查看机器人",
};
