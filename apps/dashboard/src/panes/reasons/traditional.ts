// Simplified Chinese in traditional characters.

/** Words that Taiwan has another one for: the simplified one, and that. */
const words = [
  ["订单簿", "委託簿"],
  ["运行", "執行"],
  ["连接", "連線"],
  ["消息", "訊息"],
  ["密钥", "金鑰"],
  ["数据", "資料"],
  ["打开", "開啟"],
  ["空闲", "閒置"],
  ["存货", "庫存"],
  ["应用", "套用"],
  ["当前", "目前"],
  ["信息", "資訊"],
  ["发送", "送出"],
  ["应答", "回應"],
  ["响应", "回應"],
  ["令牌", "權杖"],
  ["推送", "推播"],
  ["打印", "印出"],
  ["地址", "網址"],
  ["查找", "尋找"],
  ["实时", "即時"],
  ["记录", "紀錄"],
  ["计划", "計畫"],
  ["联系", "聯絡"],
  ["通过", "經由"],
  ["粘贴", "貼上"],
  ["配置文件", "設定檔"],
  ["命令行", "命令列"],
  ["复制", "複製"],
  ["重复", "重複"],
] as const;

/** Each character that is written otherwise, and the other one after it. */
const letters =
  "订訂单單过過仓倉当當实實现現亏虧损損开開权權时時为為润潤点點缩縮于於结結资資费費余餘后後钟鐘还還证證连連须須强強价價标標记記对對冲沖与與笔筆计計挂掛个個内內没沒较較离離场場会會账帳户戶状狀态態额額询詢轮輪无無变變销銷闲閒调調绝絕发發应應复復动動机機线線愿願队隊执執数數减減义義视視续續长長请請启啟参參败敗读讀志誌写寫紧緊从從达達间間并並断斷确確认認条條错錯继繼暂暫卖賣阶階却卻报報两兩网網买買负負边邊双雙优優随隨层層试試积積联聯经經弃棄将將风風险險级級货貨够夠仅僅晓曉评評质質钥鑰属屬门門许許码碼脱脫检檢侧側观觀阈閾采採周週么麼测測备備区區监監础礎币幣环環净淨势勢头頭尝嘗显顯锚錨准準绪緒这這决決该該据據处處图圖类類绘繪见見产產总總来來赚賺响響选選择擇给給栏欄万萬历歷渐漸满滿际際统統约約误誤迟遲缓緩说說旧舊远遠临臨杠槓杆桿细細节節则則输輸员員页頁导導览覽里裡让讓丢丟终終钱錢规規设設项項独獨论論盘盤称稱问問关關闭閉键鍵帮幫语語颜顏浅淺带帶径徑击擊别別滚捲忆憶档檔宽寬涨漲种種静靜剧劇预預进進划劃横橫届屆尽盡锁鎖创創补補获獲络絡号號们們脚腳议議跃躍适適库庫换換帐帳储儲话話";
const others = new Map<string, string>([
  ...words,
  ...[...letters.matchAll(/(.)(.)/gu)].map(([, from = "", to = ""]) => [from, to] as const),
]);
/** Words before the characters that they begin with. */
const known = new RegExp([...others.keys()].join("|"), "gu");

/** @returns the text written anew; what is not Chinese in it stays */
export const traditional = (text: string): string => text.replace(known, (part) => others.get(part) ?? part);
